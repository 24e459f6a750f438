apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Values.name }}-extra
data:
  image: {{ .Values.image | quote }}
  replicas: {{ .Values.replicas | quote }}
