import ClusterSimulation
import Foundation

/// A certificate that differs from others in its names only, and is signed by nobody. Written as DER by hand: a
/// hundred thousand of them are made in one test.
struct NamedCertificate {
    /// Empty: the subject has no attributes.
    var commonName = ""
    /// Of ASCII.
    var dnsNames: [String] = []
    var ipAddresses: [IPAddress] = []

    /// The facts as they are read out of `pem`, without reading it.
    var facts: CertificateFacts {
        CertificateFacts(
            subject: commonName.isEmpty ? .empty : Symbol("CN=\(commonName)"), issuer: .empty,
            dnsNames: dnsNames.map { Symbol($0) }, ipAddresses: ipAddresses.map { Symbol($0.description) },
            notBefore: .epoch, notAfter: .epoch, keyIdentity: .empty, issuerKeyIdentity: .empty)
    }

    /// - Parameter hasKey: else its key is of a type that nobody knows. OpenSSL decodes every key that it can, which
    ///   takes most of the time.
    func der(hasKey: Bool = true) -> [UInt8] {
        var body = Self.head
        body +=
            commonName.isEmpty
            ? [0x30, 0]
            : Self.node(
                0x30, Self.node(0x31, Self.node(0x30, Self.commonNameType + Self.node(0x0C, Array(commonName.utf8)))))
        body += hasKey ? Self.key : Self.unknownKey
        var names: [UInt8] = []
        for name in dnsNames { names += Self.node(0x82, Array(name.utf8)) }
        for address in ipAddresses { names += Self.node(0x87, address.bytes) }
        if !names.isEmpty {
            let value = Self.node(0x04, Self.node(0x30, names))
            body += Self.node(0xA3, Self.node(0x30, Self.node(0x30, Self.alternativeNameType + value)))
        }
        return Self.node(0x30, Self.node(0x30, body) + Self.signature)
    }

    var pem: String {
        let body = Data(der()).base64EncodedString(options: [.lineLength64Characters, .endLineWithLineFeed])
        return "-----BEGIN CERTIFICATE-----\n\(body)\n-----END CERTIFICATE-----\n"
    }

    // MARK: DER

    private static func node(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        let count = content.count
        if count < 0x80 { return [tag, UInt8(count)] + content }
        if count < 0x100 { return [tag, 0x81, UInt8(count)] + content }
        return [tag, 0x82, UInt8(count >> 8), UInt8(count & 0xFF)] + content
    }

    private static let commonNameType: [UInt8] = [0x06, 3, 0x55, 0x04, 0x03]
    private static let alternativeNameType: [UInt8] = [0x06, 3, 0x55, 0x1D, 0x11]
    /// ecdsa-with-SHA256
    private static let algorithm: [UInt8] = [0x30, 10, 0x06, 8, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02]
    /// Version 3, a serial number, the algorithm, an issuer without a name, the years from 2020 to 2040.
    private static let head: [UInt8] =
        [0xA0, 3, 2, 1, 2, 2, 1, 1] + algorithm + [0x30, 0]
        + node(0x30, node(0x17, Array("200101000000Z".utf8)) + node(0x17, Array("400101000000Z".utf8)))
    /// The base point of P-256, which is a point as good as any other.
    private static let key = key([0x2A, 0x86, 0x48, 0xCE, 0x3D, 2, 1])
    private static let unknownKey = key([0x2A, 0x86, 0x48, 0xCE, 0x3D, 2, 0x7F])

    private static func key(_ type: [UInt8]) -> [UInt8] {
        let point = hexadecimal(
            "046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
                + "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5")
        let curve: [UInt8] = [0x06, 8, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07]
        return node(0x30, node(0x30, node(0x06, type) + curve) + node(0x03, [0] + point))
    }

    private static let signature: [UInt8] = algorithm + node(0x03, [0] + node(0x30, [2, 1, 1, 2, 1, 1]))

    private static func hexadecimal(_ text: String) -> [UInt8] {
        let digits = text.compactMap(\.hexDigitValue)
        return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}
