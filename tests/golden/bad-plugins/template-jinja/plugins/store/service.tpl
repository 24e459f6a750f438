apiVersion: v1
kind: Service
metadata:
  name: {{ Values.name }}
spec:
  {% if Values.port %}
  ports: [{name: store, port: {{ Values.prot }}}]
