// swift-tools-version: 6.1
import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

var dependencies: [Package.Dependency] = [
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
    .package(url: "https://github.com/apple/swift-crypto", "3.0.0"..<"5.0.0"),
    .package(url: "https://github.com/apple/swift-asn1", from: "1.7.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
]

var targets: [Target] = [
    .target(
        name: "ClusterSimulation",
        dependencies: [.product(name: "HeapModule", package: "swift-collections")],
        swiftSettings: settings),
    .systemLibrary(
        name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    // For tests only: what names a certificate covers is held against OpenSSL.
    .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .target(name: "CSimdJSON", linkerSettings: [.linkedLibrary("simdjson")]),
    .target(
        name: "Manifests",
        dependencies: [
            "ClusterSimulation", "CYAML", "CSimdJSON",
            .product(name: "X509", package: "swift-certificates"),
            .product(name: "Crypto", package: "swift-crypto"),
            .product(name: "SwiftASN1", package: "swift-asn1"),
        ],
        swiftSettings: settings),
    .target(name: "CRE2", linkerSettings: [.linkedLibrary("re2")]),
    .target(name: "Patterns", dependencies: ["ClusterSimulation", "CRE2"], swiftSettings: settings),
    .systemLibrary(
        name: "CLua", pkgConfig: "lua5.2", providers: [.apt(["liblua5.2-dev"])]),
    .target(name: "LuaSandbox", dependencies: ["CLua"]),
    .target(
        name: "LuaHealth", dependencies: ["ClusterSimulation", "Manifests", "LuaSandbox"], swiftSettings: settings),
    .target(
        name: "Scenarios", dependencies: ["ClusterSimulation", "Manifests", "LuaHealth", "Patterns"],
        swiftSettings: settings),
    .target(
        name: "OutcomeLedger",
        dependencies: ["ClusterSimulation", .product(name: "GRDB", package: "GRDB.swift")],
        swiftSettings: settings),
    .target(
        name: "Conformance", dependencies: ["ClusterSimulation", "Manifests", "Patterns", "Reports"],
        swiftSettings: settings),
    .target(name: "Reports", dependencies: ["ClusterSimulation"], swiftSettings: settings),
    .executableTarget(
        name: "rehearse",
        dependencies: [
            "ClusterSimulation", "Manifests", "LuaHealth", "Scenarios", "OutcomeLedger", "Reports", "Conformance",
            .product(name: "ArgumentParser", package: "swift-argument-parser"),
        ],
        swiftSettings: settings),
    .target(
        name: "BenchmarkSupport", dependencies: ["ClusterSimulation"], path: "Sources/Benchmarks/Support",
        swiftSettings: settings),
    .executableTarget(
        name: "rehearsal-memory", dependencies: ["ClusterSimulation", "Scenarios"], path: "Sources/Benchmarks/Memory",
        swiftSettings: settings),
    .target(name: "RobustnessCases", path: "Sources/Fuzzing/Cases", swiftSettings: settings),
    .target(
        name: "FuzzMutators", dependencies: ["ClusterSimulation", "Manifests"], path: "Sources/Fuzzing/Mutators",
        swiftSettings: settings),
    .target(
        name: "FuzzEntryPoints",
        dependencies: ["ClusterSimulation", "Conformance", "LuaHealth", "Manifests", "Patterns", "Reports", "Scenarios"],
        path: "Sources/Fuzzing/EntryPoints", swiftSettings: settings),
    // What the tests of all targets share.
    .target(
        name: "RehearseTestSupport", dependencies: ["ClusterSimulation"], path: "Tests/RehearseTestSupport",
        swiftSettings: settings),
    .testTarget(
        name: "ClusterSimulationTests", dependencies: ["ClusterSimulation", "RehearseTestSupport"],
        swiftSettings: settings),
    .testTarget(
        name: "ManifestsTests",
        dependencies: [
            "COpenSSL", "Manifests", "RehearseTestSupport",
            .product(name: "X509", package: "swift-certificates"),
            .product(name: "Crypto", package: "swift-crypto"),
            .product(name: "SwiftASN1", package: "swift-asn1"),
        ],
        swiftSettings: settings),
    .testTarget(name: "PatternsTests", dependencies: ["ClusterSimulation", "Patterns"], swiftSettings: settings),
    .testTarget(
        name: "LuaHealthTests", dependencies: ["ClusterSimulation", "Manifests", "LuaHealth", "RehearseTestSupport"],
        swiftSettings: settings),
    .testTarget(
        name: "BenchmarkSupportTests",
        dependencies: ["BenchmarkSupport", "RehearseTestSupport", "Scenarios", "rehearsal-memory"],
        exclude: ["Snapshots"], swiftSettings: settings),
    .testTarget(
        name: "ScenariosTests",
        dependencies: ["ClusterSimulation", "Scenarios", "Manifests", "RehearseTestSupport"], swiftSettings: settings),
    .testTarget(
        name: "OutcomeLedgerTests",
        dependencies: ["OutcomeLedger", "RehearseTestSupport", .product(name: "GRDB", package: "GRDB.swift")],
        exclude: ["Snapshots"], swiftSettings: settings),
    .testTarget(
        name: "ConformanceTests", dependencies: ["Conformance", "RehearseTestSupport", "Scenarios"],
        exclude: ["Recordings", "Scenarios", "Traces"], swiftSettings: settings),
    // What no compiler checks: the sources themselves, pages, lists.
    .testTarget(name: "TidyTests", dependencies: ["RehearseTestSupport"], swiftSettings: settings),
    .testTarget(
        name: "ReportsTests", dependencies: ["RehearseTestSupport", "Reports"], exclude: ["Snapshots"],
        swiftSettings: settings),
    .testTarget(
        name: "CommandLineTests",
        dependencies: [
            "rehearse", "OutcomeLedger", "RehearseTestSupport", "RobustnessCases",
            .product(name: "Crypto", package: "swift-crypto"),
        ],
        exclude: ["Snapshots"], swiftSettings: settings),
    .testTarget(
        name: "FuzzingTests",
        dependencies: [
            "ClusterSimulation", "FuzzEntryPoints", "FuzzMutators", "Manifests", "RehearseTestSupport", "RobustnessCases",
        ],
        swiftSettings: settings),
]

// The benchmarks and their package are resolved only where somebody asks for them.
if Context.environment["REHEARSE_BENCHMARKS"] == "1" {
    dependencies.append(.package(url: "https://github.com/ordo-one/benchmark.git", exact: "1.38.1", traits: []))
    targets.append(
        .executableTarget(
            name: "EngineBenchmarks",
            dependencies: [
                "BenchmarkSupport", "ClusterSimulation", "Manifests", "OutcomeLedger", "Scenarios",
                .product(name: "Benchmark", package: "benchmark"),
            ],
            path: "Sources/Benchmarks/EngineBenchmarks",
            swiftSettings: settings,
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]))
}

// The fuzzers are built only where somebody asks for them; the readers that they call are tested everywhere.
let fuzzing = Context.environment["REHEARSE_FUZZ"] ?? ""
if !fuzzing.isEmpty {
    targets.append(
        .executableTarget(
            name: "rehearse-fuzz",
            dependencies: [
                "FuzzEntryPoints", "FuzzMutators", "RobustnessCases",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            path: "Sources/Fuzzing/Fuzzer", swiftSettings: settings))
    targets.append(
        .executableTarget(
            name: "rehearse-fuzz-entry-points", dependencies: ["FuzzEntryPoints", "FuzzMutators"],
            path: "Sources/Fuzzing/EntryPointsProgram",
            swiftSettings: settings + (fuzzing == "libFuzzer" ? [.define("LIBFUZZER")] : [])))
}

let package = Package(
    name: "rehearse",
    products: [.executable(name: "rehearse", targets: ["rehearse"])],
    dependencies: dependencies,
    targets: targets,
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17)
