/** The moments at which the outcome of a race is decided. Tests hold one open; production passes by. */
export type RacePoint = 'after_facts' | 'before_commit' | 'after_commit'

/** Called at each race point; resolves when the code may go on. */
export type AtRacePoint = (point: RacePoint) => Promise<void>
