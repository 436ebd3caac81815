extension Operator {
    /// The Redis operator of OT-Container-Kit.
    static let redis = Operator(
        programs: [RedisControllers.model],
        controllers: [RedisControllers.redis, RedisControllers.replication],
        finalizers: FinalizerOwners.Entry.of(
            RedisControllers.program, "redisFinalizer", "redisClusterFinalizer", "redisReplicationFinalizer",
            "redisSentinelFinalizer"))
}
