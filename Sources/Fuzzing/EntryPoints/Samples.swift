import Foundation

/// What no file of a scenario holds, as bytes to start from.
enum Samples {
    /// Certificates of an authority with constraints on names and of a server with names of every type, made for this
    /// with keys of Ed25519, P-256 and RSA that are gone.
    static let certificates: [[UInt8]] = [
        decoded(
            """
            MIIBojCCAVSgAwIBAgIUGfvhhqVole0DQsgw2vbdPme26+cwBQYDK2VwMCcxEzARBgNVBAMMCkV4YW1wbGUgQ0ExEDAOBgNV
            BAoMB0V4YW1wbGUwHhcNMjYxMjAxMTEzMjI2WhcNMzYxMTI4MTEzMjI2WjAnMRMwEQYDVQQDDApFeGFtcGxlIENBMRAwDgYD
            VQQKDAdFeGFtcGxlMCowBQYDK2VwAyEAa9YX+HwZr/lBa0I2g0dtOHns8uJrJonAeTOOnxXgOZmjgZEwgY4wEgYDVR0TAQH/
            BAgwBgEB/wIBATAOBgNVHQ8BAf8EBAMCAgQwKAYDVR0eAQH/BB4wHKAMMAqCCC5leGFtcGxloQwwCocICgAAAP8AAAAwHQYD
            VR0OBBYEFMJZUhMh4J9f1VdGoBhWRXUOIPOFMB8GA1UdIwQYMBaAFMJZUhMh4J9f1VdGoBhWRXUOIPOFMAUGAytlcANBAJME
            W+l3fp+UzehTftFfs5+tw0/qNlEFPwEdzY+rOpSaMVEuk6mhRdb7EMOTdUAiSxklfnlryFmZjDpOyatN9go=
            """),
        decoded(
            """
            MIIB5zCCAZmgAwIBAgIUApfqkb4TL5l5sdqbIpxpsNF3ihkwBQYDK2VwMCcxEzARBgNVBAMMCkV4YW1wbGUgQ0ExEDAOBgNV
            BAoMB0V4YW1wbGUwHhcNMjYxMjAxMTEzMjI2WhcNMzYxMTI4MTEzMjI2WjAnMRMwEQYDVQQDDApFeGFtcGxlIENBMRAwDgYD
            VQQKDAdFeGFtcGxlMCowBQYDK2VwAyEAbYb+tWnVlk0chhIELKfYpPm3x1Gd0fNy4R46tDZG7OmjgdYwgdMwWgYDVR0RBFMw
            UYIMd2ViLnNob3Auc3Zjgg4qLnNob3AuZXhhbXBsZYcECgAAB4cQ/QAAAAAAAAAAAAAAAAAAAYYMc3BpZmZlOi8vYS9igQth
            QGIuZXhhbXBsZTAdBgNVHSUEFjAUBggrBgEFBQcDAQYIKwYBBQUHAwIwEAYDVR0gBAkwBzAFBgMqAwQwJQYDVR0fBB4wHDAa
            oBigFoYUaHR0cDovL2EuZXhhbXBsZS9jcmwwHQYDVR0OBBYEFBYvV1zhIwidNpp1YLH6jr1qVtX7MAUGAytlcANBADJPQvXX
            YdGJRkKJ8EKhI/O2s2XHJ1FeFC7J5VB54O38ydUuCTgKSrfCDo/z5wsej662W44YsL/12ojFGOZJ8Qg=
            """),
        decoded(
            """
            MIICKDCCAc2gAwIBAgIUGqNWxy7dw08cKiL0q5sxtvmsIYYwCgYIKoZIzj0EAwIwJzETMBEGA1UEAwwKRXhhbXBsZSBDQTEQ
            MA4GA1UECgwHRXhhbXBsZTAeFw0yNjEyMDExMTMyMjZaFw0zNjExMjgxMTMyMjZaMCcxEzARBgNVBAMMCkV4YW1wbGUgQ0Ex
            EDAOBgNVBAoMB0V4YW1wbGUwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATWs2zgKuP1XoT4ILugTiIHxTwixMfBEe3bGs5z
            BfyzfQlwxMgrQYvOnHJCqSVIV8obZF8izE9mnPKZi4J0THPPo4HWMIHTMFoGA1UdEQRTMFGCDHdlYi5zaG9wLnN2Y4IOKi5z
            aG9wLmV4YW1wbGWHBAoAAAeHEP0AAAAAAAAAAAAAAAAAAAGGDHNwaWZmZTovL2EvYoELYUBiLmV4YW1wbGUwHQYDVR0lBBYw
            FAYIKwYBBQUHAwEGCCsGAQUFBwMCMBAGA1UdIAQJMAcwBQYDKgMEMCUGA1UdHwQeMBwwGqAYoBaGFGh0dHA6Ly9hLmV4YW1w
            bGUvY3JsMB0GA1UdDgQWBBS1dl81iSfRTmltceUXXOcH4kSgIDAKBggqhkjOPQQDAgNJADBGAiEAwiAv84Z7tQQGT38/O/QZ
            HRuGwjiCIw4+0fYAB3JNX20CIQCKvSkOILcA7zZUo9vfXT96LyTgVCPef4/qRifTq2eApA==
            """),
        decoded(
            """
            MIICaTCCAdKgAwIBAgIUFjPN0qGYXfex64qUtL2bzSnLllMwDQYJKoZIhvcNAQELBQAwJzETMBEGA1UEAwwKRXhhbXBsZSBD
            QTEQMA4GA1UECgwHRXhhbXBsZTAeFw0yNjEyMDExMTMyMjZaFw0zNjExMjgxMTMyMjZaMCcxEzARBgNVBAMMCkV4YW1wbGUg
            Q0ExEDAOBgNVBAoMB0V4YW1wbGUwgZ8wDQYJKoZIhvcNAQEBBQADgY0AMIGJAoGBAM3abc3nZiz+/TS6EiJ4wHjP5nmwp15S
            2ydu7A7mxKbSGH8M4D8RpP0vnPv8rRm0+Kp03d4ELbWWGAlbU8z365nP0Diw7ehqAF1peqoLZGx73fIgcs/lj4dcO7+RUitr
            3LUg3Y1het49O1KX2oqhPz8UwYjnP9hqmrQyF8UVdCS7AgMBAAGjgZEwgY4wEgYDVR0TAQH/BAgwBgEB/wIBATAOBgNVHQ8B
            Af8EBAMCAgQwKAYDVR0eAQH/BB4wHKAMMAqCCC5leGFtcGxloQwwCocICgAAAP8AAAAwHQYDVR0OBBYEFFqwxqBjVVS69+/Z
            CFT1DscdbM3bMB8GA1UdIwQYMBaAFFqwxqBjVVS69+/ZCFT1DscdbM3bMA0GCSqGSIb3DQEBCwUAA4GBAA+IGzLisBSjPH+4
            zKTBWXWoIZBL+1KuAKd1bD4Po55H0SWtfMu/KNgZoRNAr3adlNAd5QywDFnmuusD6FTNG/4yCCEN0gCWHzMhmTvSdS0HmGBr
            EdDfrA2PmRRjAwss4D5jWcX3lx/fWA8fRGmCAHlSJDsnU/s3txlntwIyqayW
            """),
    ]

    private static func decoded(_ base64: String) -> [UInt8] {
        Data(base64Encoded: base64, options: .ignoreUnknownCharacters).map { [UInt8]($0) } ?? []
    }
}
