{{- /* What the operator may do where it watches: the one place that says so. deploy/rbac is rendered from it. */}}
{{- define "artifacts-operator.rules" -}}
{{ include "artifacts-operator.rules.objects" . }}
{{ include "artifacts-operator.rules.contents" . }}
{{- end }}

{{- /* Of its own kinds, and of namespaces: without it an object could not be let go once the rights in its namespace are gone. */}}
{{- define "artifacts-operator.rules.objects" -}}
# The only change to a Workspace or a MountSession itself is its finalizer, by patch.
- apiGroups: [artifacts.tonbo.io]
  resources: [workspaces, mountsessions]
  verbs: [get, list, watch, patch]
- apiGroups: [artifacts.tonbo.io]
  resources: [workspaces/status, mountsessions/status]
  verbs: [patch]
# Is it being deleted?
- apiGroups: [""]
  resources: [namespaces]
  verbs: [get]
{{- end }}

{{- /* Of what else is in a namespace. */}}
{{- define "artifacts-operator.rules.contents" -}}
# Tokens and bucket keys, each read by the name that a Workspace gives; and the Secrets that MountSessions publish, each
# written by the name that a MountSession gives. RBAC knows no labels, so a list would show all. That the operator changes and
# deletes none but those it published is up to the operator, and to the admission policies.
- apiGroups: [""]
  resources: [secrets]
  verbs: [get, create, update, delete]
# What happened, told beside the object. A namespace that is being deleted takes no more Events, so the last one about a
# Workspace in it goes to the operator's own namespace.
- apiGroups: [events.k8s.io]
  resources: [events]
  verbs: [create]
# Which Pods still run on an older credential? Asked after a renewal and while there are any, never watched.
- apiGroups: [""]
  resources: [pods]
  verbs: [list]
# The workloads that a MountSession names and that use its Secret are restarted: by an annotation on their Pod template.
- apiGroups: [apps]
  resources: [deployments, statefulsets, daemonsets]
  verbs: [get, patch]
{{- end }}
