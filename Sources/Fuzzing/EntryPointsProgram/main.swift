import FuzzEntryPoints
import Glibc

// One entry point under libFuzzer: REHEARSE_FUZZ_ENTRY names it, the arguments are libFuzzer's own. Built without
// `-sanitize=fuzzer` the same arguments are read by a loop that changes bytes at random.

/// Static, since a C function captures nothing.
enum Named {
    static let entry: FuzzEntryPoint = {
        let name = getenv("REHEARSE_FUZZ_ENTRY").map { String(cString: $0) } ?? ""
        if let entry = FuzzEntryPoint.named(name) { return entry }
        print("REHEARSE_FUZZ_ENTRY must be one of \(FuzzEntryPoint.all.map(\.name).joined(separator: " "))")
        exit(2)
    }()
}

_ = Named.entry

#if LIBFUZZER
    private typealias TestOneInput = @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt

    @_silgen_name("LLVMFuzzerRunDriver")
    private func runDriver(
        _ count: UnsafeMutablePointer<CInt>,
        _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
        _ test: TestOneInput
    ) -> CInt

    /// libFuzzer's own `main`, which is linked in debug builds, refers to it by this name.
    @_cdecl("LLVMFuzzerTestOneInput")
    func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
        Named.entry(Array(UnsafeBufferPointer(start: bytes, count: count)))
        return 0
    }

    var count = CommandLine.argc
    var arguments = CommandLine.unsafeArgv
    exit(runDriver(&count, &arguments, testOneInput))
#else
    exit(ByteLoop(arguments: Array(CommandLine.arguments.dropFirst())).run(Named.entry))
#endif
