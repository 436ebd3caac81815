import Glibc

extension InputFiles {
    /// The bytes of standard input to its end; refuses more than `sizeMax` bytes, and does not read on then.
    ///
    /// Memory grows with what was read. Where the system has no more of it, that is a failure like another one and not
    /// the end of the process, so the buffer is not an array before it is whole.
    package static func readStandardInput(sizeMax: Int) throws(Failure) -> [UInt8] {
        var capacity = 0
        var count = 0
        var buffer: UnsafeMutableRawPointer?
        defer { free(buffer) }
        while true {
            if count == capacity {
                guard count <= sizeMax else { throw Failure(reason: "larger than \(sizeMax) bytes") }
                capacity = min(max(capacity * 2, 1 << 16), sizeMax + 1)
                guard let larger = realloc(buffer, capacity) else { throw Failure(reason: noMemory) }
                buffer = larger
            }
            guard let buffer else { throw Failure(reason: noMemory) }
            let got = Glibc.read(STDIN_FILENO, buffer + count, capacity - count)
            if got < 0, errno == EINTR { continue }
            if got < 0, errno == EAGAIN {
                var waiting = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
                _ = poll(&waiting, 1, -1)
                continue
            }
            guard got >= 0 else { throw Failure(reason: String(cString: strerror(errno))) }
            guard got > 0 else { return try bytes(UnsafeRawBufferPointer(start: buffer, count: count)) }
            count += got
        }
    }

    private static let noMemory = "Cannot allocate memory"

    /// A copy; the system is asked for the memory first, in a way in which it may say no.
    private static func bytes(_ buffer: UnsafeRawBufferPointer) throws(Failure) -> [UInt8] {
        guard let room = malloc(buffer.count + 64) else { throw Failure(reason: noMemory) }
        free(room)
        return [UInt8](buffer)
    }
}
