// The version of the compiled form: raised when a change makes an older runtime misread a policy.

export const formatVersion = 4
