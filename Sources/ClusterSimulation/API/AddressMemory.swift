/// Addresses and ports that the cluster has given out: in order, so that equal runs give equal ones.
package struct AddressMemory {
    private var pods: UInt32 = 0
    private var services: UInt32 = 0

    /// The next address of the pod network, 10.244.0.0/16.
    mutating func nextPod() -> Symbol {
        pods += 1
        let number = (pods - 1) % 64_516
        return Symbol("10.244.\(number / 254).\(number % 254 + 1)")
    }

    /// The next address of the service network, 10.96.0.0/16, without those that every cluster uses itself.
    mutating func nextService() -> Symbol {
        services += 1
        let number = services + 10
        return Symbol("10.96.\(number / 254 % 256).\(number % 254 + 1)")
    }

    /// Keeps an address that a snapshot's object has from being given out again.
    mutating func note(_ address: Symbol) {
        guard let bytes = IPAddress(address.text)?.bytes, bytes.count == 4, bytes[0] == 10 else { return }
        let number = UInt32(bytes[2]) * 254 + UInt32(bytes[3])
        if bytes[1] == 244 { pods = max(pods, number) }
        if bytes[1] == 96, number > 11 { services = max(services, number - 11) }
    }
}

extension StateSlots {
    private static let addressesSlot = Slot("addresses", AddressMemory())

    /// The addresses that were given out.
    package internal(set) var addresses: AddressMemory {
        _read { yield self[Self.addressesSlot] }
        _modify { yield &self[Self.addressesSlot] }
    }
}
