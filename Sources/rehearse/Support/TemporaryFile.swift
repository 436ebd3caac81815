import Foundation

/// What a file's new content is written to, beside the file, before it takes the file's place.
///
/// It is called `.NAME.rehearse-PID.tmp` and locked for as long as its process lives, so that the next command can tell
/// what a killed one left from what another one is writing, in another container too.
struct TemporaryFile {
    /// Where it is.
    let path: String
    /// Open for writing.
    let descriptor: Int32

    /// The most bytes of a file's own name in the name of its temporary file: file systems allow 255 in all.
    private static let nameLengthMax = 180

    /// A new file for the content of the file called `name` in `folder`.
    static func make(for name: String, in folder: String) throws(SystemError) -> TemporaryFile {
        for attempt in 0..<100 {
            let path = "\(folder)/\(Self.name(for: name, attempt))"
            let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o666)
            if descriptor < 0 {
                if errno == EEXIST { continue }
                throw .last
            }
            // Another command may have taken it for an abandoned one before it was locked.
            let isLocked = flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK
            var status = stat()
            if isLocked, fstat(descriptor, &status) == 0, status.st_nlink > 0 {
                return TemporaryFile(path: path, descriptor: descriptor)
            }
            close(descriptor)
        }
        throw SystemError(number: EEXIST)
    }

    private static func name(for name: String, _ attempt: Int) -> String {
        var prefix = String.UnicodeScalarView()
        var length = 0
        for scalar in name.unicodeScalars {
            length += String(scalar).utf8.count
            guard length <= nameLengthMax else { break }
            prefix.append(scalar)
        }
        return ".\(String(prefix))\(mark)\(getpid())\(attempt == 0 ? "" : "-\(attempt)")\(ending)"
    }

    /// Brings what was written to the disk and puts it in the place of `target`.
    func take(placeOf target: String) throws(SystemError) {
        if fsync(descriptor) != 0 { throw .last }
        if rename(path, target) != 0 { throw .last }
        close(descriptor)
    }

    /// Takes it away.
    func discard() {
        unlink(path)
        close(descriptor)
    }

    // MARK: What was left behind

    private static let mark = ".rehearse-"
    private static let ending = ".tmp"

    /// Removes the temporary files of a folder whose process is gone. What cannot be told or removed stays.
    static func removeAbandoned(in folder: String) {
        guard let stream = opendir(folder) else { return }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if process(of: name) != nil { names.append(name) }
        }
        for name in names { removeAbandoned("\(folder)/\(name)", process(of: name) ?? 0) }
    }

    /// The process in the name of a temporary file; nil for a file that is none.
    private static func process(of name: String) -> pid_t? {
        guard name.hasPrefix("."), name.hasSuffix(ending) else { return nil }
        guard let start = name.ranges(of: mark).last?.upperBound else { return nil }
        let parts = name[start...].dropLast(ending.count).split(separator: "-", omittingEmptySubsequences: false)
        guard let first = parts.first, parts.count <= 2, let process = pid_t(first), process > 0 else { return nil }
        return parts.count == 1 || Int(parts[1]) != nil ? process : nil
    }

    private static func removeAbandoned(_ path: String, _ process: pid_t) {
        let descriptor = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        if flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            // Where the file system has no locks, the process has to be gone from this machine.
            guard errno != EWOULDBLOCK, kill(process, 0) != 0, errno == ESRCH else { return }
        }
        var opened = stat()
        var named = stat()
        guard fstat(descriptor, &opened) == 0, lstat(path, &named) == 0, opened.st_mode & S_IFMT == S_IFREG,
            opened.st_ino == named.st_ino, opened.st_dev == named.st_dev
        else { return }
        unlink(path)
    }
}
