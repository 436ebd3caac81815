import COpenSSL

/// A certificate as OpenSSL reads it.
final class OpenSSLCertificate {
    private let certificate: OpaquePointer

    /// nil for what is no certificate.
    init?(der: [UInt8]) {
        let parsed = der.withUnsafeBufferPointer { bytes in
            var start = bytes.baseAddress
            return d2i_X509(nil, &start, bytes.count)
        }
        guard let parsed else { return nil }
        certificate = parsed
    }

    deinit { X509_free(certificate) }

    /// The name that covers a host; nil where none does. What `openssl x509 -checkhost` asks.
    func name(covering host: String) -> String? {
        var found: UnsafeMutablePointer<CChar>?
        guard X509_check_host(certificate, host, 0, 0, &found) == 1, let found else { return nil }
        defer { CRYPTO_free(found, #fileID, #line) }
        return String(cString: found)
    }

    /// Whether an address is among the alternative names. What `openssl x509 -checkip` asks.
    func covers(address: String) -> Bool { X509_check_ip_asc(certificate, address, 0) == 1 }
}
