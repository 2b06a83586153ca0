// node deploy/ready.mjs URL: ends with 0 when the address answers well. What a container's health check runs.
const [address] = process.argv.slice(2)
if (!address) {
  console.error('node deploy/ready.mjs URL')
  process.exit(2)
}

const answer = await fetch(address, { signal: AbortSignal.timeout(2500) }).catch(() => null)
process.exit(answer?.ok ? 0 : 1)
