import Foundation
import Testing

@testable import ClusterSimulation

/// The pure rules of Argo CD against the recorded cases, where they lie beside the repository.
@Suite struct ArgoCDConformanceTests {
    nonisolated(unsafe) static let cases: [String: [[String: Any]]]? = {
        var folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        for _ in 0..<6 {
            folder.deleteLastPathComponent()
            let file = folder.appendingPathComponent("shared/conformance/argocd-cases.json")
            guard let data = try? Data(contentsOf: file) else { continue }
            let document = try? JSONSerialization.jsonObject(with: data) as? [String: Any]
            return document?["cases"] as? [String: [[String: Any]]]
        }
        return nil
    }()

    static let isPresent = cases != nil

    func group(_ name: String) throws -> [[String: Any]] {
        let group = try #require(Self.cases?[name])
        #expect(!group.isEmpty)
        return group
    }

    static func task(_ entry: [String: Any]) -> SyncTask {
        let phase = SyncPhase.allCases.first { $0.name.text == entry["phase"] as? String } ?? .sync
        return SyncTask(
            phase: phase, wave: entry["wave"] as? Int ?? 0, group: Symbol(entry["group"] as? String ?? ""),
            kind: Symbol(entry["kind"] as? String ?? ""), namespace: Symbol(entry["namespace"] as? String ?? ""),
            name: Symbol(entry["name"] as? String ?? ""), isPrune: entry["prune"] as? Bool ?? false)
    }

    static func shown(_ text: Symbol) -> String { text.isEmpty ? "-" : text.text }

    @Test(.enabled(if: isPresent, "the recorded cases are not beside the repository"))
    func taskOrder() throws {
        for entry in try group("taskOrder") {
            let tasks = SyncOrder.sort((entry["tasks"] as? [[String: Any]] ?? []).map(Self.task))
            let order = tasks.map { "\($0.phase.name)/\($0.wave)/\(Self.shown($0.kind))/\(Self.shown($0.name))" }
            #expect(order == entry["expectedOrder"] as? [String], "\(entry["id"] ?? "")")
        }
    }

    @Test(.enabled(if: isPresent, "the recorded cases are not beside the repository"))
    func pruneWaves() throws {
        for entry in try group("pruneWaves") {
            var tasks = (entry["tasks"] as? [[String: Any]] ?? []).map(Self.task)
            SyncOrder.assignPruneWaves(&tasks, pruneLast: entry["pruneLast"] as? Bool ?? false)
            let waves = Dictionary(uniqueKeysWithValues: tasks.map { ($0.name.text, $0.wave) })
            #expect(waves == entry["expectedWave"] as? [String: Int], "\(entry["id"] ?? "")")
        }
    }

    @Test(.enabled(if: isPresent, "the recorded cases are not beside the repository"))
    func retryDelay() throws {
        for entry in try group("retryDelay") {
            let duration = try #require(GoDuration(entry["duration"] as? String ?? ""))
            let cap = try #require(GoDuration(entry["maxDuration"] as? String ?? ""))
            let retry = RetryStrategy(
                limit: 5, duration: duration.span, factor: Int64(entry["factor"] as? Int ?? 0), maxDuration: cap.span)
            if let attempt = entry["attempt"] as? Int {
                let announced = entry["announcedSeconds"] as? Int ?? -1
                let effective = entry["effectiveSeconds"] as? Int ?? -1
                #expect(retry.announcedDelay(attempt: attempt) == .seconds(Int64(announced)))
                #expect(retry.effectiveDelay(attempt: attempt) == .seconds(Int64(effective)))
            } else {
                let delay = retry.delay(retryCount: entry["retryCount"] as? Int ?? 0)
                #expect(delay == .seconds(Int64(entry["expectedSeconds"] as? Int ?? -1)), "\(entry["id"] ?? "")")
            }
        }
    }

    @Test(.enabled(if: isPresent, "the recorded cases are not beside the repository"))
    func selfHealBackoff() throws {
        for entry in try group("selfHealBackoff") {
            let remaining = Backoff.selfHealRemaining(
                attempts: entry["attempts"] as? Int ?? 0,
                sinceFinished: (entry["secondsSinceFinished"] as? Int).map { .seconds(Int64($0)) },
                initial: .seconds(Int64(entry["initialSeconds"] as? Int ?? 0)),
                factor: Int64(entry["factor"] as? Int ?? 0), cap: .seconds(Int64(entry["capSeconds"] as? Int ?? 0)))
            let expected = entry["expectedRemainingSeconds"] as? Int ?? -1
            #expect(remaining == .seconds(Int64(expected)), "\(entry["id"] ?? "")")
            #expect((remaining == .seconds(0)) == (entry["selfHealNow"] as? Bool))
        }
    }

    @Test(.enabled(if: isPresent, "the recorded cases are not beside the repository"))
    func destinationPermitted() throws {
        for entry in try group("destinationPermitted") {
            let items = (entry["projectDestinations"] as? [[String: String]] ?? []).map {
                ProjectDestination(
                    server: $0["server"] ?? "", name: $0["name"] ?? "", namespace: $0["namespace"] ?? "")
            }
            let destination = entry["destination"] as? [String: String] ?? [:]
            let permitted = ProjectDestination.isPermitted(
                items, server: destination["server"] ?? "", name: destination["name"] ?? "",
                namespace: destination["namespace"] ?? "")
            #expect(permitted == entry["expected"] as? Bool, "\(entry["id"] ?? "")")
        }
    }

    @Test(.enabled(if: isPresent, "the recorded cases are not beside the repository"))
    func trackingId() throws {
        for entry in try group("trackingId") {
            let id = TrackingID(entry["input"] as? String ?? "")
            #expect((id != nil) == (entry["valid"] as? Bool), "\(entry["id"] ?? "")")
            guard let id else { continue }
            #expect(id.application.text == entry["app"] as? String)
            #expect(id.group.text == entry["group"] as? String)
            #expect(id.kind.text == entry["kind"] as? String)
            #expect(id.namespace.text == entry["namespace"] as? String)
            #expect(id.name.text == entry["name"] as? String)
            #expect(id.text == entry["input"] as? String)
        }
    }

    @Test(.enabled(if: isPresent, "the recorded cases are not beside the repository"))
    func alreadyAttempted() throws {
        for entry in try group("alreadyAttempted") {
            let hasResult = entry["syncResult"] as? Bool ?? false
            let synced = entry["syncedRevision"] as? String
            let attempted = AutoSync.isAlreadyAttempted(
                phase: entry["operationState"] as? Bool == true
                    ? OperationPhase(Symbol(entry["phase"] as? String ?? "")) : nil,
                synced: hasResult ? [Symbol(synced ?? "")] : nil,
                desired: (entry["desiredRevisions"] as? [String] ?? []).map { Symbol($0) },
                isSourceEqual: entry["sourceEqual"] as? Bool ?? false,
                mayHaveChanges: entry["revisionsMayHaveChanges"] as? Bool ?? true)
            #expect(attempted == entry["expected"] as? Bool, "\(entry["id"] ?? "")")
        }
    }

    @Test(.enabled(if: isPresent, "the recorded cases are not beside the repository"))
    func autoSync() throws {
        for entry in try group("autoSync") {
            let given = entry["input"] as? [String: Any] ?? [:]
            var input = AutoSync.Input()
            input.isAutomated = given["automated"] as? Bool ?? false
            input.prune = given["prune"] as? Bool ?? false
            input.selfHeal = given["selfHeal"] as? Bool ?? false
            input.allowEmpty = given["allowEmpty"] as? Bool ?? false
            input.isOperationInProgress = given["operationInProgress"] as? Bool ?? false
            input.isDeleting = given["deleting"] as? Bool ?? false
            input.sync = SyncCode(Symbol(given["sync"] as? String ?? "")) ?? .unknown
            input.resources = (given["resources"] as? [String] ?? []).map {
                (isSynced: $0 == "synced", requiresPruning: $0 == "prune")
            }
            input.lastAttempt = OperationPhase(Symbol(given["lastAttempt"] as? String ?? ""))
            input.backoffRemaining = .seconds(Int64(given["backoffRemaining"] as? Int ?? 0))
            let said: String =
                switch AutoSync.decide(input) {
                case .notAutomated: "skip: not automated"
                case .operationInProgress: "skip: operation in progress"
                case .deleting: "skip: deleting"
                case .status(let code): "skip: status \(code.text)"
                case .onlyPruningLeft: "skip: only pruning left"
                case .alreadySynced: "skip: already synced to revision"
                case .failedLastAttempt: "condition: SyncError (failed last attempt)"
                case .wouldWipeOut: "condition: SyncError (would wipe out all resources)"
                case .selfHealBackoff: "skip: self-heal backoff, refresh scheduled"
                case .sync: "sync: full"
                case .selfHeal: "sync: partial"
                }
            #expect(said == entry["expected"] as? String, "\(entry["id"] ?? "")")
        }
    }

    @Test(.enabled(if: isPresent, "the recorded cases are not beside the repository"))
    func deletionWave() throws {
        for entry in try group("deletionWave") {
            let waves = entry["waves"] as? [Int] ?? []
            let wave = SyncOrder.deletionWave(waves)
            #expect(waves.filter { $0 == wave } == entry["expected"] as? [Int], "\(entry["id"] ?? "")")
        }
    }

    @Test(.enabled(if: isPresent, "the recorded cases are not beside the repository"))
    func hooks() throws {
        for entry in try group("hookParse") {
            let hook = HookTypes(argo: entry["argoHook"] as? String, helm: entry["helmHook"] as? String)
            #expect(hook.names.map(\.text) == entry["types"] as? [String], "\(entry["id"] ?? "")")
            #expect(hook.isHook == entry["isHook"] as? Bool, "\(entry["id"] ?? "")")
            #expect(hook.isIgnored == entry["ignored"] as? Bool, "\(entry["id"] ?? "")")
            #expect(hook.isSkipped == entry["skip"] as? Bool, "\(entry["id"] ?? "")")
        }
        for entry in try group("hookDeletePolicy") {
            let policies = HookDeletePolicies(argo: entry["argo"] as? String, helm: entry["helm"] as? String)
            var names: [String] = []
            if policies.contains(.beforeHookCreation) { names.append("BeforeHookCreation") }
            if policies.contains(.hookSucceeded) { names.append("HookSucceeded") }
            if policies.contains(.hookFailed) { names.append("HookFailed") }
            #expect(names == entry["expected"] as? [String], "\(entry["id"] ?? "")")
        }
    }

    @Test(.enabled(if: isPresent, "the recorded cases are not beside the repository"))
    func applicationHealth() throws {
        for entry in try group("appHealth") {
            let resources = (entry["resources"] as? [[String: Any]] ?? []).map { given in
                let health = given["health"] as? String
                var resource = ApplicationHealth.Resource(
                    kind: Symbol(given["kind"] as? String ?? "Pod"), name: Symbol(given["name"] as? String ?? ""),
                    isLive: health != "absent", health: health.flatMap { HealthCode(Symbol($0)) })
                resource.isHook = given["hook"] as? Bool ?? false
                resource.ignoresHealthcheck = given["ignoreHealthcheck"] as? Bool ?? false
                return resource
            }
            let result = ApplicationHealth.aggregate(resources)
            #expect(result.code.text.text == entry["expected"] as? String, "\(entry["id"] ?? "")")
            #expect(
                result.causes.map { resources[$0].name.text } == entry["causes"] as? [String], "\(entry["id"] ?? "")")
        }
    }

    @Test(.enabled(if: isPresent, "the recorded cases are not beside the repository"))
    func selfReferenced() throws {
        for entry in try group("selfReferenced") {
            let live = try #require(TrackingID("app:\(entry["live"] as? String ?? "")"))
            // With a target the two are paired by identity; the tracking id decides where there is none.
            if entry["target"] as? Bool == false {
                let id = TrackingID(entry["trackingId"] as? String ?? "")
                let isSelf = id?.isSelfReference(
                    group: live.group, kind: live.kind, namespace: live.namespace, name: live.name)
                #expect((isSelf ?? false) == (entry["expected"] as? Bool), "\(entry["id"] ?? "")")
            } else {
                #expect(entry["expected"] as? Bool == true, "\(entry["id"] ?? "")")
            }
        }
    }
}
