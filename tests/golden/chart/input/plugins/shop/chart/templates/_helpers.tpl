{{- define "shop.name" -}}
{{ .Release.Name | trunc 40 }}
{{- end -}}
