/**
 * The gateway tells its vendor about the machine it runs on unless this is set, and reads nothing else than the
 * environment for it. Imported before the gateway is.
 */
process.env['APOLLO_TELEMETRY_DISABLED'] = 'true'
