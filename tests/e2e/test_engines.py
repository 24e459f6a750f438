"""One plugin, its templates in Go's language and in Jinja2: a group of it is the same bundle."""

import re
from pathlib import Path

import pytest

from tests.harness import Project

GO = {
    "config": """\
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Values.name }}-config
data:
  app.conf: |
    {{- range $key, $value := .Values.config }}
    {{ $key }} = {{ $value }}
    {{- end }}
""",
    "workload": """\
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: {{ .Values.name }}
spec:
  replicas: {{ .Values.replicas }}
  serviceName: {{ .Values.name }}
  selector:
    matchLabels: {app: {{ .Values.name }}}
  template:
    metadata:
      labels: {app: {{ .Values.name }}}
    spec:
      containers:
        - name: server
          image: {{ .Values.image | quote }}
          {{- with .Values.resources }}
          resources: {{- toYaml . | nindent 12 }}
          {{- end }}
          {{- if .Values.debug }}
          args: [--debug]
          {{- end }}
          ports:
            - containerPort: {{ .Values.network.port }}
          volumeMounts:
            - name: config
              mountPath: /etc/app
      volumes:
        - name: config
          configMap:
            name: {{ .Values.name }}-config
""",
    "service": """\
apiVersion: v1
kind: Service
metadata:
  name: {{ .Values.name }}
spec:
  selector: {app: {{ .Values.name }}}
  ports:
    - port: {{ .Values.network.port }}
      name: {{ default "main" .Values.network.portName | trunc 15 | quote }}
""",
}
JINJA = {
    "config": """\
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ Values.name }}-config
data:
  app.conf: |
    {% for key, value in Values.config | dictsort %}
    {{ key }} = {{ value }}
    {% endfor %}
""",
    "workload": """\
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: {{ Values.name }}
spec:
  replicas: {{ Values.replicas }}
  serviceName: {{ Values.name }}
  selector:
    matchLabels: {app: {{ Values.name }}}
  template:
    metadata:
      labels: {app: {{ Values.name }}}
    spec:
      containers:
        - name: server
          image: {{ Values.image | quote }}
          {% if Values.resources %}
          resources: {{- Values.resources | to_yaml | nindent(12) }}
          {% endif %}
          {% if Values.debug %}
          args: [--debug]
          {% endif %}
          ports:
            - containerPort: {{ Values.network.port }}
          volumeMounts:
            - name: config
              mountPath: /etc/app
      volumes:
        - name: config
          configMap:
            name: {{ Values.name }}-config
""",
    "service": """\
apiVersion: v1
kind: Service
metadata:
  name: {{ Values.name }}
spec:
  selector: {app: {{ Values.name }}}
  ports:
    - port: {{ Values.network.port }}
      name: {{ Values.network.portName | default("main") | trunc(15) | quote }}
""",
}
HASH = re.compile(rb'"?[0-9a-f]{16,}"?')
"""Of the texts of templates, quoted where it looks like a number."""

VALUES = {
    "defaults": {},
    "all that is asked": {
        "replicas": 3,
        "debug": True,
        "config": {"max-memory": "1gb", "on": "yes", "a": 7, "text": "it's #1"},
        "resources": {"limits": {"memory": "1Gi", "cpu": "500m"}, "requests": {"memory": "512Mi"}},
        "network": {"portName": "a-very-long-name-of-a-port"},
    },
}


def bundle(folder: Path, engine: str, templates: dict[str, str], values: dict[str, object]) -> dict[str, bytes]:
    made = Project(folder)
    made.plugin(
        "app",
        engine=engine,
        templates={name: ("server", text) for name, text in templates.items()},
        components=[{"name": "server"}],
        orders={"provision": ["server"]},
        defaultValues={
            "replicas": 1,
            "debug": False,
            "config": {"log": "info"},
            "resources": {},
            "network": {"port": 8080},
        },
    )
    made.group("cache", "app", values=values)
    made.run("generate").sound()
    return {path: HASH.sub(b"#", data) for path, data in made.files().items() if not path.endswith("bundle.lock")}


@pytest.mark.parametrize("values", VALUES.values(), ids=VALUES)
def test_both_engines_make_the_same_bundle(tmp_path: Path, values: dict[str, object]) -> None:
    go = bundle(tmp_path / "go", "gotemplate", GO, values)
    jinja = bundle(tmp_path / "jinja", "jinja2", JINJA, values)
    assert len(go) >= 3
    assert jinja == go
