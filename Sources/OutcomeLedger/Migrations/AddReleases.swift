/// Version 6: the releases of Kubernetes and Argo CD whose rules a rehearsal followed; NULL in outcomes of before.
enum AddReleases: Migration {
    static let sql = """
        ALTER TABLE outcome ADD COLUMN kubernetes TEXT;
        ALTER TABLE outcome ADD COLUMN argocd TEXT;
        """
}
