{{- /* A policy's metadata and binding. Takes root, name and action. */}}
{{- define "artifacts-operator.policyName" -}}
{{ include "artifacts-operator.fullname" .root }}-{{ .name }}
{{- end }}

{{- define "artifacts-operator.policyBinding" -}}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata:
  name: {{ include "artifacts-operator.policyName" . }}
  labels:
    {{- include "artifacts-operator.labels" .root | nindent 4 }}
spec:
  policyName: {{ include "artifacts-operator.policyName" . }}
  validationActions: [{{ .action }}]
{{- end }}
