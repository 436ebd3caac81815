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

    /// Elements that are counted references, so that a leaf that is freed too early, or never, is found too.
    private final class Element: Equatable {
        let number: UInt64
        init(_ number: UInt64) { self.number = number }
        static func == (left: Element, right: Element) -> Bool { left.number == right.number }
    }

    /// A persistent array, and the plain array that it has to be equal to.
    private struct Pair {
        var array: PersistentArray<Element>
        var model: [Element] = []
        let fallback: Element

        init(_ fallback: Element) {
            self.fallback = fallback
            array = PersistentArray(default: fallback)
        }

        mutating func write(_ index: Int, _ element: Element) {
            array[index] = element
            grow(to: index)
            model[index] = element
        }

        mutating func change(_ index: Int, by step: UInt64) {
            let old = array[index]
            array[index] = Element(old.number &+ step)
            grow(to: index)
            model[index] = Element(model[index].number &+ step)
        }

        private mutating func grow(to index: Int) {
            while model.count <= index { model.append(fallback) }
        }

        func holds(at index: Int) -> Bool {
            array[index] == (index < model.count ? model[index] : fallback)
        }

        /// The first place at which the two differ; nil where they are equal, a little beyond their end included.
        var difference: Int? {
            if array.count != model.count { return -1 }
            return (0..<model.count + 40).first { !holds(at: $0) }
        }
    }

    /// Sizes around which leaves and groups begin: powers of 32, and their multiples.
    private static let boundaries = [0, 1, 31, 32, 33, 63, 64, 1023, 1024, 1025, 2047, 2048, 32_767, 32_768, 32_769]

    private static func index(_ random: inout Random, in pair: Pair) -> Int {
        switch random.upTo(3) {
        case 0: boundaries[Int(random.upTo(UInt64(boundaries.count - 4)))]
        case 1: Int(random.upTo(UInt64(pair.model.count + 3)))
        case 2: max(0, pair.model.count - 1 - Int(random.upTo(3)))
        default: Int(random.upTo(1100))
        }
    }

    /// What goes wrong in 3,000 random operations on up to eight forks; nil where nothing does.
    private static func run(_ seed: UInt64) -> String? {
        var random = Random(seed: seed, stream: "persistent array")
        var forks = [Pair(Element(0))]
        for step in 0..<3000 {
            let place = Int(random.upTo(UInt64(forks.count - 1)))
            switch random.upTo(19) {
            case 0...6: forks[place].write(index(&random, in: forks[place]), Element(random.next()))
            case 7...10:
                let element = Element(random.next())
                let index = forks[place].array.append(element)
                if index != forks[place].model.count { return "step \(step): appended at \(index)" }
                forks[place].model.append(element)
            case 11...12: forks[place].change(index(&random, in: forks[place]), by: random.upTo(100))
            case 13: if forks.count < 8 { forks.append(forks[place]) }
            case 14: if forks.count > 1 { forks.remove(at: place) }
            case 15: forks[place] = forks[Int(random.upTo(UInt64(forks.count - 1)))]
            default:
                let index = index(&random, in: forks[place])
                if !forks[place].holds(at: index) { return "step \(step): fork \(place) differs at \(index)" }
            }
            guard step % 250 == 249 else { continue }
            for (number, fork) in forks.enumerated() {
                if let index = fork.difference { return "step \(step): fork \(number) differs at \(index)" }
            }
        }
        return nil
    }

    @Test func `it is a plain array under random operations and forks`() {
        for seed in UInt64(1)...16 {
            let problem = Self.run(seed)
            #expect(problem == nil, "seed \(seed): \(problem ?? "")")
        }
    }

    @Test(arguments: boundaries) func `leaves and groups begin where they should`(size: Int) {
        var pair = Pair(Element(.max))
        for number in 0..<size { #expect(pair.array.append(Element(UInt64(number))) == number) }
        pair.model = (0..<size).map { Element(UInt64($0)) }
        #expect(pair.difference == nil)
        var fork = pair
        fork.write(size, Element(1))
        fork.write(size / 2, Element(2))
        pair.write(size + 32, Element(3))
        #expect(pair.difference == nil && fork.difference == nil)
        #expect(fork.array.count == size + 1 && pair.array.count == size + 33)
    }

    @Test func `elements are freed with the last array that has them`() {
        weak var element: Element?
        do {
            var array = PersistentArray<Element>(default: Element(0))
            for number in 0..<100 { array[number] = Element(UInt64(number)) }
            element = array[50]
            var fork: PersistentArray<Element>? = array
            array[50] = Element(7)
            #expect(element != nil && fork?[50].number == 50)
            fork = nil
            #expect(element == nil)
        }
    }
}
