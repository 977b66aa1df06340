{{- /* Whether to render an object of Prometheus' operator: "true" or empty. Takes root, kind, of (the values). */}}
{{- define "artifacts-operator.monitored" -}}
{{- if .of.enabled }}
{{- $there := .root.Capabilities.APIVersions.Has (printf "monitoring.coreos.com/v1/%s" .kind) }}
{{- if and (eq .of.renderMode "failIfMissing") (not $there) }}
{{- fail (printf "the cluster has no monitoring.coreos.com/v1 %s: install Prometheus' operator first, or set the renderMode to skipIfMissing" .kind) }}
{{- end }}
{{- if or $there (ne .of.renderMode "skipIfMissing") }}true{{ end }}
{{- end }}
{{- end }}

{{- /* Label `job` of the operator's metrics. */}}
{{- define "artifacts-operator.job" -}}
{{- default (include "artifacts-operator.fullname" .) .Values.prometheusRule.job }}
{{- end }}

{{- /* One endpoint of a ServiceMonitor or PodMonitor. Takes root, of (the values). */}}
{{- define "artifacts-operator.scraped" -}}
port: http
path: /q/metrics
{{- with .of.interval }}
interval: {{ . }}
{{- end }}
{{- with .of.scrapeTimeout }}
scrapeTimeout: {{ . }}
{{- end }}
relabelings:
  # What the rules and the dashboard select by, whatever the Service or the monitor is called.
  - targetLabel: job
    replacement: {{ include "artifacts-operator.job" .root | toYaml }}
  {{- with .of.relabelings }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- with .of.metricRelabelings }}
metricRelabelings:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- /* Metadata of a monitoring object. Takes root, of (the values), and suffix for the name. */}}
{{- define "artifacts-operator.monitoringMetadata" -}}
metadata:
  name: {{ printf "%s%s" (include "artifacts-operator.fullname" .root) .suffix | toYaml }}
  namespace: {{ include "artifacts-operator.namespace" .root | toYaml }}
  labels:
    {{- include "artifacts-operator.labels" .root | fromYaml | merge (default dict .of.labels | deepCopy) | toYaml | nindent 4 }}
  {{- with .of.annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end }}
