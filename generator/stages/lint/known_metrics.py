"""The metrics that well-known exporters have, for alerts that name others by mistake.

Recorded from Debian's exporters at real servers: an instance, a replica, a cluster's node and a sentinel. What newer
versions add in families of their own is let pass.
"""

from difflib import SequenceMatcher

_REDIS = (
    "active_defrag_running allocator_active_bytes allocator_allocated_bytes allocator_frag_bytes allocator_frag_ratio "
    "allocator_resident_bytes allocator_rss_bytes allocator_rss_ratio aof_base_size_bytes aof_buffer_length "
    "aof_current_rewrite_duration_sec aof_current_size_bytes aof_delayed_fsync aof_enabled aof_last_bgrewrite_status "
    "aof_last_cow_size_bytes aof_last_rewrite_duration_sec aof_last_write_status aof_pending_bio_fsync "
    "aof_pending_rewrite aof_rewrite_in_progress aof_rewrite_scheduled blocked_clients "
    "client_recent_max_input_buffer_bytes client_recent_max_output_buffer_bytes clients_in_timeout_table "
    "cluster_connections cluster_current_epoch cluster_enabled cluster_known_nodes cluster_messages_received_total "
    "cluster_messages_sent_total cluster_my_epoch cluster_size cluster_slots_assigned cluster_slots_fail "
    "cluster_slots_ok cluster_slots_pfail cluster_state commands_duration_seconds_total commands_failed_calls_total "
    "commands_processed_total commands_rejected_calls_total commands_total config_io_threads config_maxclients "
    "config_maxmemory connected_clients connected_clients_details connected_slave_lag_seconds "
    "connected_slave_offset_bytes connected_slaves connections_received_total cpu_sys_children_seconds_total "
    "cpu_sys_main_thread_seconds_total cpu_sys_seconds_total cpu_user_children_seconds_total "
    "cpu_user_main_thread_seconds_total cpu_user_seconds_total db_avg_ttl_seconds db_keys db_keys_expiring "
    "defrag_hits defrag_key_hits defrag_key_misses defrag_misses dump_payload_sanitizations errors_total "
    "evicted_keys_total expired_keys_total expired_stale_percentage expired_time_cap_reached_total "
    "exporter_build_info exporter_last_scrape_connect_time_seconds exporter_last_scrape_duration_seconds "
    "exporter_last_scrape_error exporter_scrape_duration_seconds_count exporter_scrape_duration_seconds_sum "
    "exporter_scrapes_total instance_info io_threaded_reads_processed io_threaded_writes_processed io_threads_active "
    "key_size key_value_as_string keyspace_hits_total keyspace_misses_total "
    "last_key_groups_scrape_duration_milliseconds last_slow_execution_duration_seconds latency_percentiles_usec "
    "latency_percentiles_usec_count latency_percentiles_usec_sum latest_fork_seconds lazyfree_pending_objects "
    "loading_dump_file master_last_io_seconds_ago master_link_up master_repl_offset master_sync_in_progress "
    "mem_clients_normal mem_clients_slaves mem_fragmentation_bytes mem_fragmentation_ratio "
    "mem_not_counted_for_eviction_bytes memory_max_bytes memory_used_bytes memory_used_dataset_bytes "
    "memory_used_lua_bytes memory_used_overhead_bytes memory_used_peak_bytes memory_used_rss_bytes "
    "memory_used_scripts_bytes memory_used_startup_bytes migrate_cached_sockets_total module_fork_in_progress "
    "module_fork_last_cow_size net_input_bytes_total net_output_bytes_total number_of_cached_scripts process_id "
    "pubsub_channels pubsub_patterns rdb_bgsave_in_progress rdb_changes_since_last_save "
    "rdb_current_bgsave_duration_sec rdb_last_bgsave_duration_sec rdb_last_bgsave_status rdb_last_cow_size_bytes "
    "rdb_last_save_timestamp_seconds rejected_connections_total repl_backlog_first_byte_offset "
    "repl_backlog_history_bytes repl_backlog_is_active replica_partial_resync_accepted replica_partial_resync_denied "
    "replica_resyncs_full replication_backlog_bytes second_repl_offset sentinel_master_ckquorum_status "
    "sentinel_master_ok_sentinels sentinel_master_ok_slaves sentinel_master_sentinels sentinel_master_slaves "
    "sentinel_master_status sentinel_masters sentinel_running_scripts sentinel_scripts_queue_length "
    "sentinel_simulate_failure_flags sentinel_tilt slave_expires_tracked_keys slave_info slave_priority "
    "slave_repl_offset slowlog_last_id slowlog_length start_time_seconds target_scrape_request_errors_total "
    "total_error_replies total_reads_processed total_system_memory_bytes total_writes_processed tracking_clients "
    "tracking_total_items tracking_total_keys tracking_total_prefixes unexpected_error_replies up uptime_in_seconds "
)
_REDIS_FAMILIES = "redis_config_ redis_key_ redis_keys_ redis_module_ redis_script_ redis_search_ redis_stream_"

EXPORTERS: dict[str, tuple[frozenset[str], tuple[str, ...]]] = {
    "redis": (frozenset(f"redis_{name}" for name in _REDIS.split()), tuple(_REDIS_FAMILIES.split())),
}
"""By the prefix of its metrics: the names that an exporter has, and the beginnings of those that it may have."""


REMARKS = {"redis_memory_max_bytes": "it is 0 where maxmemory is not set: divide by (redis_memory_max_bytes > 0)"}
"""What one should know of a metric besides its name."""


def is_unknown(metric: str) -> bool:
    """Whether the metric bears the prefix of an exporter that has no such metric."""
    prefix = metric.partition("_")[0]
    if prefix not in EXPORTERS:
        return False
    names, families = EXPORTERS[prefix]
    base = metric.removesuffix("_bucket").removesuffix("_sum").removesuffix("_count")
    return not ({metric, base} & names or metric.startswith(families))


def nearest(metric: str) -> str:
    """The exporter's metric that has most words in common; empty where none has half of them."""
    words = {*metric.split("_")}

    def likeness(name: str) -> tuple[float, float]:
        other = {*name.split("_")}
        return len(words & other) / len(words | other), SequenceMatcher(None, metric, name).ratio()

    best = max(EXPORTERS[metric.partition("_")[0]][0], key=lambda name: (*likeness(name), name))
    return best if likeness(best)[0] >= 0.5 else ""
