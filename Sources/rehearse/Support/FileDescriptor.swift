import Foundation

/// Writing with the system's `write`: an error is an error there, and never the end of the process.
enum FileDescriptor {
    /// Writes all of a text, however many calls it takes. Waits where the other side is slow.
    static func write(_ text: String, to descriptor: Int32) throws(SystemError) {
        var text = text
        let problem = text.withUTF8 { bytes in write(UnsafeRawBufferPointer(bytes), to: descriptor) }
        if let problem { throw problem }
    }

    private static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> SystemError? {
        var rest = bytes[...]
        while !rest.isEmpty {
            let part = UnsafeRawBufferPointer(rebasing: rest)
            let count = Foundation.write(descriptor, part.baseAddress, part.count)
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if count == 0 {
                // Nothing taken and no reason given: to ask for ever would be a hang.
                return SystemError(number: EIO)
            } else if errno == EAGAIN || errno == EWOULDBLOCK {
                // Whoever gave us this descriptor does not want its writers to wait; we do.
                var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = poll(&waiting, 1, -1)
            } else if errno != EINTR {
                return .last
            }
        }
        return nil
    }
}
