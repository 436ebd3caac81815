import Testing

@testable import ClusterSimulation

@Suite struct PersistentArrayTests {
    @Test func `a fork sees neither the other's writes nor its own in the other`() {
        var array = PersistentArray<Int>(default: -1)
        for index in 0..<3000 { array[index] = index }
        var fork = array
        fork[1500] = 7
        array[0] = 9
        #expect(array[1500] == 1500)
        #expect(fork[1500] == 7)
        #expect(fork[0] == 0)
        #expect(array[0] == 9)
        #expect(array[100_000] == -1)
        #expect(fork.count == 3000)
    }
}
