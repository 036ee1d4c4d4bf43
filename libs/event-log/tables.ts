/** The tables that hold what was recorded, in the order in which a restore fills them. */
export const LOG_TABLES = ['log.streams', 'log.events'] as const;
