{{- define "artifacts-operator.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- /* Short enough for what is put behind it. */}}
{{- define "artifacts-operator.fullname" -}}
{{- $name := include "artifacts-operator.name" . }}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" }}
{{- else if contains $name .Release.Name }}
{{- .Release.Name | trunc 40 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name $name | trunc 40 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{- define "artifacts-operator.chart" -}}
{{- printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- define "artifacts-operator.identity" -}}
app.kubernetes.io/name: {{ include "artifacts-operator.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- /* Of every object. */}}
{{- define "artifacts-operator.labels" -}}
{{ include "artifacts-operator.identity" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ include "artifacts-operator.chart" . }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- /* Of the operator's Pods, and of no other Pod of the release. */}}
{{- define "artifacts-operator.selectorLabels" -}}
{{ include "artifacts-operator.identity" . }}
app.kubernetes.io/component: operator
{{- end }}

{{- define "artifacts-operator.serviceAccountName" -}}
{{- if .Values.serviceAccount.create }}
{{- default (include "artifacts-operator.fullname" .) .Values.serviceAccount.name }}
{{- else }}
{{- required "serviceAccount.name is required where serviceAccount.create is false: the name of the ServiceAccount that is there" .Values.serviceAccount.name }}
{{- end }}
{{- end }}

{{- define "artifacts-operator.image" -}}
{{- $repository := required "image.repository is required: where you pushed the operator's image, such as registry.example.com/artifacts-operator" .Values.image.repository }}
{{- if .Values.image.digest }}
{{- printf "%s@%s" $repository .Values.image.digest }}
{{- else }}
{{- printf "%s:%s" $repository (default .Chart.AppVersion .Values.image.tag) }}
{{- end }}
{{- end }}

{{- define "artifacts-operator.orchestrator" -}}
{{- $url := required "orchestrator.url is required: the base URL of your orchestrator, such as https://orchestrator.example.com" .Values.orchestrator.url }}
{{- if not (regexMatch "^(https://|http://(localhost|127[.][0-9.]+|\\[::1\\])(:|/|$))" $url) }}
{{- fail "orchestrator.url must begin with https:// (http is for the loopback address only)" }}
{{- end }}
{{- if regexMatch "[@?#]" $url }}
{{- fail "orchestrator.url must have no user name, password, query or fragment: the token comes from a Secret" }}
{{- end }}
{{- $url }}
{{- end }}

{{- /* The namespaces that are watched, as JSON; [] for all. */}}
{{- define "artifacts-operator.watched" -}}
{{- if and .Values.watch.own .Values.watch.namespaces }}
{{- fail "watch.own and watch.namespaces exclude each other: the release's own namespace, or a list" }}
{{- end }}
{{- if .Values.watch.own }}
{{- list .Release.Namespace | toJson }}
{{- else }}
{{- .Values.watch.namespaces | uniq | toJson }}
{{- end }}
{{- end }}

{{- /* Name of the volume's source of certificate authorities; empty for none. */}}
{{- define "artifacts-operator.caBundle" -}}
{{- with .Values.caBundle }}
{{- if gt (len (compact (list .pem .existingConfigMap .existingSecret))) 1 }}
{{- fail "caBundle: give one of pem, existingConfigMap and existingSecret" }}
{{- end }}
{{- if .pem }}
configMap:
  name: {{ include "artifacts-operator.fullname" $ }}-ca
  items: [{key: ca.crt, path: ca.crt}]
{{- else if .existingConfigMap }}
configMap:
  name: {{ .existingConfigMap }}
  items: [{key: {{ .key }}, path: ca.crt}]
{{- else if .existingSecret }}
secret:
  secretName: {{ .existingSecret }}
  items: [{key: {{ .key }}, path: ca.crt}]
{{- end }}
{{- end }}
{{- end }}

{{- define "artifacts-operator.javaOptions" -}}
{{- $options := list "-XX:MaxRAMPercentage=60" }}
{{- with .Values.orchestrator.proxy }}
{{- if .host }}
{{- $options = append $options (printf "-Dhttps.proxyHost=%s" .host) }}
{{- $options = append $options (printf "-Dhttps.proxyPort=%d" (int .port)) }}
{{- if .noProxy }}
{{- $options = append $options (printf "-Dhttp.nonProxyHosts=%s" (join "|" .noProxy)) }}
{{- end }}
{{- end }}
{{- end }}
{{- concat $options .Values.javaOptions | join " " }}
{{- end }}

{{- /* The port of a URL, or that of its scheme. */}}
{{- define "artifacts-operator.portOf" -}}
{{- $url := urlParse . }}
{{- $port := regexFind ":[0-9]+$" $url.host | trimPrefix ":" }}
{{- default (ternary "80" "443" (eq $url.scheme "http")) $port }}
{{- end }}

{{- /* The name by which the API server knows the operator. */}}
{{- define "artifacts-operator.user" -}}
{{- printf "system:serviceaccount:%s:%s" .Release.Namespace (include "artifacts-operator.serviceAccountName" .) }}
{{- end }}
