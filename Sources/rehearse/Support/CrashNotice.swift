import Foundation

/// A failed check of our own code ends with exit code 3 instead of a signal, so that CI can tell a bug of `rehearse`
/// from a finding. The runtime has already written which check it was.
///
/// Where the system has no more memory the runtime aborts. That is told apart by asking for some, and ends with 2: the
/// input was too large for this machine or for a limit of the shell.
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

    private static let handle: @convention(c) (Int32) -> Void = { number in
        if number == SIGABRT {
            // What cannot be had now is at most what was asked for: a buffer that grows asks for twice its size.
            let probe = mmap(nil, 1 << 30, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
            if probe == MAP_FAILED {
                let notice: StaticString =
                    "error: no memory left: the input is too large for what this process may use\n"
                _ = write(2, notice.utf8Start, notice.utf8CodeUnitCount)
                _exit(2)
            }
        }
        let notice: StaticString = "error: this is a bug of rehearse; please report it with its input\n"
        _ = write(2, notice.utf8Start, notice.utf8CodeUnitCount)
        _exit(3)
    }
}
