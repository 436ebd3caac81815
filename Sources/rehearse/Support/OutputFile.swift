import ClusterSimulation
import Foundation

/// A path that a result is written to, and what stands there.
///
/// A regular file is replaced whole: it has its old content or the new one at every moment. A symbolic link is followed,
/// and stays. Into anything else, a device, a named pipe, a descriptor that the command was started with, the result is
/// written.
struct OutputFile {
    private enum Place {
        /// A regular file, or a name that nothing has.
        case file(String)
        /// A device or a named pipe, opened when there is something to write.
        case other(String)
        /// `/dev/stdout`, `/dev/fd/3`: a copy of the command's own descriptor.
        case descriptor(Int32)
    }

    /// As the user named it.
    let path: String
    private let place: Place

    /// Finds out what stands at a path. To be asked before files of our own are opened: `/dev/fd/5` means the fifth
    /// descriptor that the command was started with.
    init(_ path: String) throws(CommandFailure) {
        self.path = path
        do {
            place = try Self.place(of: path)
        } catch {
            throw Self.failure(path, error)
        }
    }

    /// Writes a text there, or leaves everything as it was.
    ///
    /// Throws a `CommandFailure`, or `ReaderLeft` where the reader of a pipe has left.
    func write(_ text: String) throws {
        do throws(SystemError) {
            switch place {
            case .file(let target): try Self.replace(target, with: text)
            case .descriptor(let descriptor): try FileDescriptor.write(text, to: descriptor)
            case .other(let target):
                let descriptor = open(target, O_WRONLY | O_NOCTTY | O_CLOEXEC)
                guard descriptor >= 0 else { throw SystemError.last }
                defer { close(descriptor) }
                try FileDescriptor.write(text, to: descriptor)
            }
        } catch {
            if error.number == EPIPE { throw ReaderLeft() }
            throw Self.failure(path, error)
        }
    }

    /// Whether writing would replace this file.
    func replaces(_ other: String) -> Bool {
        guard case .file(let target) = place else { return false }
        var (mine, its) = (stat(), stat())
        guard stat(target, &mine) == 0, stat(other, &its) == 0 else { return target == other }
        return mine.st_dev == its.st_dev && mine.st_ino == its.st_ino
    }

    private static func failure(_ path: String, _ error: SystemError) -> CommandFailure {
        CommandFailure("error: cannot write '\(path.singleLine)': \(error.reason)")
    }

    // MARK: What stands there

    private static func place(of path: String) throws(SystemError) -> Place {
        var path = path
        // As many links as the system follows itself.
        for _ in 0..<40 {
            var status = stat()
            guard lstat(path, &status) == 0 else {
                if errno == ENOENT { return .file(path) }
                throw .last
            }
            switch status.st_mode & S_IFMT {
            case S_IFREG: return .file(path)
            case S_IFDIR: throw SystemError(number: EISDIR)
            case S_IFLNK:
                if let place = try descriptor(at: path) { return place }
                let target = try readLink(path)
                path = target.hasPrefix("/") ? target : "\(folder(of: path))/\(target)"
            default: return .other(path)
            }
        }
        throw SystemError(number: ELOOP)
    }

    /// Links of `/proc/PID/fd` lead to what is open there, whatever they read as; of our own process, by its number.
    private static func descriptor(at path: String) throws(SystemError) -> Place? {
        guard let resolved = realpath(folder(of: path), nil) else { return nil }
        defer { free(resolved) }
        let folder = String(cString: resolved)
        guard folder.hasPrefix("/proc/"), folder.hasSuffix("/fd") else { return nil }
        guard folder == "/proc/\(getpid())/fd" || folder.hasPrefix("/proc/\(getpid())/task/"),
            let number = Int32(name(of: path))
        else { return .other(path) }
        let copy = fcntl(number, F_DUPFD_CLOEXEC, 3)
        guard copy >= 0 else { throw .last }
        return .descriptor(copy)
    }

    private static func readLink(_ path: String) throws(SystemError) -> String {
        var bytes = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let count = bytes.withUnsafeMutableBytes { buffer in
            buffer.withMemoryRebound(to: CChar.self) { readlink(path, $0.baseAddress!, $0.count) }
        }
        guard count >= 0 else { throw .last }
        return String(decoding: bytes[..<count], as: UTF8.self)
    }

    /// The folder of a path: `.` where it names none.
    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func name(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
    }

    // MARK: Replacing

    private static func replace(_ target: String, with text: String) throws(SystemError) {
        let folder = folder(of: target)
        var old = stat()
        let isThere = stat(target, &old) == 0
        // A file that may not be written is not replaced either, though its folder would allow it.
        if isThere, access(target, W_OK) != 0 { throw .last }
        TemporaryFile.removeAbandoned(in: folder)
        let file = try TemporaryFile.make(for: name(of: target), in: folder)
        do {
            if isThere { try keep(old, on: file.descriptor) }
            try FileDescriptor.write(text, to: file.descriptor)
            try file.take(placeOf: target)
        } catch {
            file.discard()
            throw error
        }
        try syncFolder(folder)
    }

    /// Gives a file the owner and the mode of the one that it will replace.
    private static func keep(_ old: stat, on descriptor: Int32) throws(SystemError) {
        // Only the superuser may give files away. A mode with set-user-ID means something for its owner alone.
        let isOwner = fchown(descriptor, old.st_uid, old.st_gid) == 0
        if fchmod(descriptor, old.st_mode & (isOwner ? 0o7777 : 0o777)) != 0 { throw .last }
    }

    /// Brings the new name to the disk, where the file system can.
    private static func syncFolder(_ folder: String) throws(SystemError) {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        if fsync(descriptor) != 0, errno != EINVAL, errno != EROFS { throw .last }
    }
}
