// Every test of this target has the support that all targets share.
@_exported import RehearseTestSupport
