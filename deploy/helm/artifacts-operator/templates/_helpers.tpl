{{- define "artifacts-operator.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- /* Short enough for what is put behind it, and fit for a Service, whose name has no dot and begins with a letter. */}}
{{- define "artifacts-operator.fullname" -}}
{{- $name := include "artifacts-operator.name" . }}
{{- $release := .Release.Name | replace "." "-" }}
{{- $full := ternary $release (printf "%s-%s" $release $name) (contains $name $release) }}
{{- $full = default $full .Values.fullnameOverride | trunc 40 | trimSuffix "-" }}
{{- if not (regexMatch "^[a-z]" $full) }}
{{- fail (printf "%s can't be a Service's name, which begins with a letter: name the release otherwise, or set fullnameOverride" $full) }}
{{- end }}
{{- $full }}
{{- end }}

{{- /* The namespace of all that is in one. */}}
{{- define "artifacts-operator.namespace" -}}
{{- default .Release.Namespace .Values.namespaceOverride }}
{{- end }}

{{- define "artifacts-operator.chart" -}}
{{- printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- define "artifacts-operator.identity" -}}
app.kubernetes.io/name: {{ include "artifacts-operator.name" . | toYaml }}
app.kubernetes.io/instance: {{ .Release.Name | toYaml }}
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

{{- /* Of both CRDs. */}}
{{- define "artifacts-operator.crdAnnotations" -}}
{{- $kept := ternary (dict "helm.sh/resource-policy" "keep") dict .Values.crds.keep }}
{{- with merge $kept .Values.crds.annotations }}
{{- toYaml . }}
{{- end }}
{{- end }}

{{- /* Nothing; fails where an upgrade would delete the CRDs. What a hook would ask Helm itself can see: whose they are, and whether
they are kept. Rendered without a cluster, it sees none. */}}
{{- define "artifacts-operator.crdsStay" -}}
{{- if not .Values.crds.enabled }}
{{- if not .Values.crds.keep }}
{{- fail "crds.enabled=false with crds.keep=false: first upgrade with crds.enabled=true,crds.keep=true, then with crds.enabled=false" }}
{{- end }}
{{- if .Values.uninstallCheck.enabled }}
{{- range $name := list "workspaces.artifacts.tonbo.io" "mountsessions.artifacts.tonbo.io" }}
{{- $annotations := dig "metadata" "annotations" dict (lookup "apiextensions.k8s.io/v1" "CustomResourceDefinition" "" $name) }}
{{- $name := get $annotations "meta.helm.sh/release-name" }}
{{- $namespace := get $annotations "meta.helm.sh/release-namespace" }}
{{- $ours := and (eq $name $.Release.Name) (eq $namespace $.Release.Namespace) }}
{{- if and $ours (ne (get $annotations "helm.sh/resource-policy") "keep") }}
{{- fail "crds.enabled=false would delete both CRDs, and with them every Workspace and MountSession of the cluster: first upgrade with crds.enabled=true,crds.keep=true" }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{- define "artifacts-operator.uninstallChecked" -}}
{{- if and .Values.uninstallCheck.enabled .Values.crds.enabled (not .Values.crds.keep) }}true{{ end }}
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
{{- list (include "artifacts-operator.namespace" .) | toJson }}
{{- else }}
{{- .Values.watch.namespaces | uniq | toJson }}
{{- end }}
{{- end }}

{{- /* Nothing; fails where the shared connection would be nobody's, or that of a namespace that is not watched. */}}
{{- define "artifacts-operator.sharedNamespaces" -}}
{{- $namespaces := .Values.sharedConnection.namespaces }}
{{- if not $namespaces }}
{{- fail "sharedConnection.existingSecret without sharedConnection.namespaces: who may use that token? [\"*\"] is everybody" }}
{{- end }}
{{- $watched := include "artifacts-operator.watched" . | fromJsonArray }}
{{- range $namespace := ternary (without $namespaces "*") list (not (empty $watched)) }}
{{- if not (has $namespace $watched) }}
{{- fail (printf "sharedConnection.namespaces has %s, which watch leaves out" $namespace) }}
{{- end }}
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
  name: {{ .existingConfigMap | quote }}
  items: [{key: {{ .key | quote }}, path: ca.crt}]
{{- else if .existingSecret }}
secret:
  secretName: {{ .existingSecret | quote }}
  items: [{key: {{ .key | quote }}, path: ca.crt}]
{{- end }}
{{- end }}
{{- end }}

{{- define "artifacts-operator.javaOptions" -}}
{{- $options := list "-XX:MaxRAMPercentage=60" "-XX:+ExitOnOutOfMemoryError" }}
{{- with .Values.orchestrator.proxy }}
{{- if .host }}
{{- $options = append $options (printf "-Dhttps.proxyHost=%s" .host) }}
{{- $options = append $options (printf "-Dhttps.proxyPort=%d" (int .port)) }}
{{- /* Java's proxy is for whoever asks it, and so would be for the collector. */}}
{{- $direct := .noProxy }}
{{- with $.Values.tracing.endpoint }}
{{- $direct = append $direct (regexReplaceAll ":[0-9]+$" (urlParse .).host "") }}
{{- end }}
{{- with $direct }}
{{- /* The last two Java has by itself only where nothing is said. */}}
{{- $options = append $options (printf "-Dhttp.nonProxyHosts=%s" (concat . (list "localhost" "127.*") | uniq | join "|")) }}
{{- end }}
{{- end }}
{{- end }}
{{- concat $options .Values.javaOptions | join " " }}
{{- end }}

{{- /* Without an exponent, which a small number would have. */}}
{{- define "artifacts-operator.sampleRatio" -}}
{{- $ratio := .Values.tracing.sampleRatio }}
{{- if kindIs "string" $ratio }}{{ $ratio }}{{ else }}{{ regexReplaceAll "[.]?0+$" (printf "%.12f" (float64 $ratio)) "" }}{{ end }}
{{- end }}

{{- define "artifacts-operator.lease" -}}
{{- default (include "artifacts-operator.fullname" .) .Values.leaderElection.lease }}
{{- end }}

{{- /* The port of a URL, or that of its scheme. */}}
{{- define "artifacts-operator.portOf" -}}
{{- $url := urlParse . }}
{{- $port := regexFind ":[0-9]+$" $url.host | trimPrefix ":" }}
{{- default (ternary "80" "443" (eq $url.scheme "http")) $port }}
{{- end }}

{{- /* The name by which the API server knows the operator. */}}
{{- define "artifacts-operator.user" -}}
{{- printf "system:serviceaccount:%s:%s" (include "artifacts-operator.namespace" .) (include "artifacts-operator.serviceAccountName" .) }}
{{- end }}
