import Foundation

/// A failed check of our own code ends with exit code 3 instead of a signal, so that CI can tell a bug of `rehearse`
/// from a finding. The runtime has already written which check it was.
enum CrashNotice {
    private static let stackSize = 64 << 10

    static func install() {
        // A stack of its own: where the stack is what ran out, the handler could not run on it.
        var stack = stack_t()
        stack.ss_sp = UnsafeMutableRawPointer.allocate(byteCount: stackSize, alignment: 16)
        stack.ss_size = stackSize
        sigaltstack(&stack, nil)
        for number in [SIGILL, SIGTRAP, SIGABRT, SIGSEGV, SIGBUS, SIGFPE] {
            var action = sigaction()
            action.sa_flags = Int32(SA_ONSTACK)
            #if canImport(Darwin)
                action.__sigaction_u.__sa_handler = handle
            #else
                action.__sigaction_handler.sa_handler = handle
            #endif
            sigaction(number, &action, nil)
        }
    }

    private static let handle: @convention(c) (Int32) -> Void = { _ in
        let notice: StaticString = "error: this is a bug of rehearse; please report it with its input\n"
        _ = write(2, notice.utf8Start, notice.utf8CodeUnitCount)
        _exit(3)
    }
}
