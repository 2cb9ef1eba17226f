import fc from 'fast-check'

/**
 * A property that fails tells its seed and path, and ends there: looking for the smallest exercise of hundreds of commands that fails alike takes hours, which no
 * time limit ends. To look for it anyway: give `fc.assert` that seed and path, and `endOnFailure: false`.
 */
fc.configureGlobal({ endOnFailure: true })
