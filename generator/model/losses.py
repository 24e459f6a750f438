"""What is lost with an object that is deleted, and that nothing makes again.

Losing a StorageClass is not counted: volumes that exist keep what they were made with. Nor is a Secret: bundles refer
to Secrets and hold none.
"""

_CUSTOM_DATA = "the operator deletes the instance, and with it, as a rule, its data"
_LOSSES = {
    ("", "Namespace"): "everything in it goes with it",
    ("", "PersistentVolume"): "the cluster forgets where the data are",
    ("", "PersistentVolumeClaim"): "its volume and data go with it, unless the volume's reclaim policy is Retain",
    ("acid.zalan.do", "postgresql"): _CUSTOM_DATA,
    ("apiextensions.k8s.io", "CustomResourceDefinition"): "every object of its kind goes with it, in all namespaces",
    ("apps", "StatefulSet"): "its pods stop, and its claims go too where persistentVolumeClaimRetentionPolicy says so",
    ("apps.kruise.io", "StatefulSet"): "its pods stop, and its claims go too where its retention policy says so",
    ("clickhouse.altinity.com", "ClickHouseInstallation"): _CUSTOM_DATA,
    ("elasticsearch.k8s.elastic.co", "Elasticsearch"): _CUSTOM_DATA,
    ("k8s.mariadb.com", "MariaDB"): _CUSTOM_DATA,
    ("kafka.strimzi.io", "Kafka"): _CUSTOM_DATA,
    ("kafka.strimzi.io", "KafkaNodePool"): _CUSTOM_DATA,
    ("kafka.strimzi.io", "KafkaTopic"): "the topic and its messages go with it",
    ("minio.min.io", "Tenant"): _CUSTOM_DATA,
    ("postgresql.cnpg.io", "Cluster"): _CUSTOM_DATA,
    ("psmdb.percona.com", "PerconaServerMongoDB"): _CUSTOM_DATA,
    ("pxc.percona.com", "PerconaXtraDBCluster"): _CUSTOM_DATA,
    ("rabbitmq.com", "RabbitmqCluster"): _CUSTOM_DATA,
    ("redis.redis.opstreelabs.in", "Redis"): _CUSTOM_DATA,
    ("redis.redis.opstreelabs.in", "RedisCluster"): _CUSTOM_DATA,
    ("redis.redis.opstreelabs.in", "RedisReplication"): _CUSTOM_DATA,
    ("snapshot.storage.k8s.io", "VolumeSnapshot"): "the snapshot goes with it, unless its class retains it",
}


def loss_of(group: str, kind: str) -> str | None:
    """What goes with an object of the kind, in words; None where nothing does that cannot be had again."""
    return _LOSSES.get((group, kind))
