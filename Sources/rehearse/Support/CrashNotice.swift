import Foundation

/// A failed check of our own code ends with exit code 3 instead of a signal, so that CI can tell a bug of `rehearse`
/// from a finding. The runtime has already written which check it was.
enum CrashNotice {
    static func install() {
        for number in [SIGILL, SIGTRAP, SIGABRT, SIGSEGV, SIGBUS, SIGFPE] {
            signal(number) { _ in
                let notice: StaticString = "error: this is a bug of rehearse; please report it with its input\n"
                _ = write(2, notice.utf8Start, notice.utf8CodeUnitCount)
                _exit(3)
            }
        }
    }
}
