{{- /* A Pod's spec that runs the operator's image once, for a check. Takes root, name, args, account. */}}
{{- define "artifacts-operator.checkPod" -}}
{{- with .root.Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- if .account }}
serviceAccountName: {{ .account | toYaml }}
{{- end }}
automountServiceAccountToken: {{ not (empty .account) }}
restartPolicy: Never
securityContext:
  {{- toYaml .root.Values.podSecurityContext | nindent 2 }}
containers:
  - name: {{ .name }}
    image: {{ include "artifacts-operator.image" .root | quote }}
    imagePullPolicy: {{ .root.Values.image.pullPolicy }}
    terminationMessagePolicy: FallbackToLogsOnError
    args: {{ .args | toJson }}
    env:
      - name: JAVA_TOOL_OPTIONS
        value: -XX:MaxRAMPercentage=60
    resources:
      {{- toYaml .root.Values.resources | nindent 6 }}
    securityContext:
      {{- toYaml .root.Values.securityContext | nindent 6 }}
    volumeMounts:
      - {name: tmp, mountPath: /tmp}
volumes:
  - name: tmp
    emptyDir: {}
{{- with .root.Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .root.Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}
