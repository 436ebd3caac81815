/// Bounds on input, so that no file can exhaust memory or the stack. A breach is a located error.
package struct ParseLimits: Sendable {
    /// Bytes of one file. 256 MiB.
    package var inputSizeMax = 256 << 20
    /// Bytes of one scalar. 32 MiB.
    package var scalarSizeMax = 32 << 20
    /// Containers within containers. 1000.
    package var depthMax = 1000
    /// Keys and values of one file, before aliases are expanded. 20 million.
    package var tokenCountMax = 20_000_000
    /// Keys and values that all aliases of one file together may stand for. One million.
    package var aliasedTokenCountMax = 1_000_000
    /// Bytes of the text that all aliases of one file together may stand for. 64 MiB.
    package var aliasedSizeMax = 64 << 20

    package init() {}
}
