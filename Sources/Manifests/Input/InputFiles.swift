import Glibc

/// Files and folders, read without Foundation.
package enum InputFiles {
    /// Why a file could not be read.
    package struct Failure: Error, Equatable {
        /// The system's word for it, such as `No such file or directory`.
        package var reason: String

        package init(reason: String) { self.reason = reason }
    }

    /// Endings of the files that a folder contributes: what `kubectl apply -f` takes.
    package static let manifestEndings = [".yaml", ".yml", ".json"]

    /// What stands at a path, links followed.
    package enum Kind: Equatable, Sendable {
        case file, folder, missing
    }

    package static func kind(_ path: String) -> Kind {
        var status = stat()
        guard !hasNUL(path), stat(path, &status) == 0 else { return .missing }
        return status.st_mode & S_IFMT == S_IFDIR ? .folder : .file
    }

    /// Whether a path holds a NUL. The system reads a path up to the first one: it would be another path than the one
    /// that was looked at.
    package static func hasNUL(_ path: String) -> Bool { path.utf8.contains(0) }

    /// The absolute path without links to something that exists; nil where nothing is there.
    package static func realPath(_ path: String) -> String? {
        guard !hasNUL(path), let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// The bytes of a file or of a pipe; refuses more than `sizeMax` bytes, and devices, which may never end.
    ///
    /// - Parameter isAllowed: asked about the real path of a regular file once it is open, so that no link can be
    ///   exchanged between the look and the reading.
    package static func read(
        _ path: String, sizeMax: Int, where isAllowed: ((String) -> Bool)? = nil
    ) throws(Failure) -> [UInt8] {
        guard !hasNUL(path) else { throw nulFailure }
        // A named pipe that nobody writes to would not even open otherwise.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw systemFailure() }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw systemFailure() }
        switch status.st_mode & S_IFMT {
        case S_IFREG:
            if let isAllowed, let real = realPath("/proc/self/fd/\(descriptor)") ?? realPath(path), !isAllowed(real) {
                throw Failure(reason: "a link leads out of the folders that may be read")
            }
            guard Int(status.st_size) <= sizeMax else { throw Failure(reason: "larger than \(sizeMax) bytes") }
        case S_IFIFO: _ = fcntl(descriptor, F_SETFL, O_RDONLY)
        case S_IFDIR: throw Failure(reason: "Is a directory")
        default: throw Failure(reason: "Is a device")
        }
        var bytes: [UInt8] = []
        let expected = min(max(Int(status.st_size), 0), sizeMax) + 1
        var isAtEnd = false
        while !isAtEnd, bytes.count <= sizeMax {
            let room = bytes.isEmpty ? expected : 1 << 16
            var failed = false
            bytes.append(
                contentsOf: [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
                    while count < room {
                        let got = Glibc.read(descriptor, buffer.baseAddress! + count, room - count)
                        if got < 0, errno == EINTR { continue }
                        failed = got < 0
                        isAtEnd = got <= 0
                        if got <= 0 { break }
                        count += got
                    }
                })
            if failed { throw systemFailure() }
        }
        guard bytes.count <= sizeMax else { throw Failure(reason: "larger than \(sizeMax) bytes") }
        return bytes
    }

    /// The most files and folders that a walk visits.
    private static let entriesMax = 200_000
    /// The deepest folder that a walk enters, counted from where it starts.
    private static let depthMax = 100

    /// The files below a folder with one of the endings, sorted by path, byte by byte. Hidden files and folders
    /// are left out; a folder that is reached twice through links is taken once. Throws where the folder holds more
    /// than 200,000 entries or nests more than 100 deep.
    package static func files(
        in folder: String, endings: [String] = manifestEndings, recursive: Bool = true
    ) throws(Failure) -> [String] {
        guard !hasNUL(folder) else { throw nulFailure }
        var found: [String] = []
        var visited: Set<FolderIdentity> = []
        var count = 0
        try collect(folder, endings, recursive, &found, &visited, &count, depth: 0)
        return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    private struct FolderIdentity: Hashable {
        var device: UInt64
        var inode: UInt64
    }

    private static func collect(
        _ folder: String, _ endings: [String], _ recursive: Bool, _ found: inout [String],
        _ visited: inout Set<FolderIdentity>, _ count: inout Int, depth: Int
    ) throws(Failure) {
        var status = stat()
        guard stat(folder, &status) == 0 else { throw systemFailure() }
        let identity = FolderIdentity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
        guard visited.insert(identity).inserted else { return }
        guard depth < depthMax else { throw Failure(reason: "folders nest more than \(depthMax) deep") }
        guard let stream = opendir(folder) else { throw systemFailure() }
        defer { closedir(stream) }
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name.hasPrefix(".") { continue }
            count += 1
            guard count <= entriesMax else { throw Failure(reason: "more than \(entriesMax) files") }
            let path = folder.hasSuffix("/") ? folder + name : folder + "/" + name
            switch kind(path) {
            case .folder:
                if recursive { try collect(path, endings, recursive, &found, &visited, &count, depth: depth + 1) }
            case .file: if endings.contains(where: path.hasSuffix) { found.append(path) }
            case .missing: break
            }
        }
    }

    private static let nulFailure = Failure(reason: "the path holds a NUL character")

    private static func systemFailure() -> Failure { Failure(reason: String(cString: strerror(errno))) }
}
