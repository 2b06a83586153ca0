// Read and taken out of the address bar before anything else is waited for, so that neither history nor a shared screen keeps it.
export const token = new URLSearchParams(location.hash.slice(1)).get('token')
history.replaceState(null, '', location.pathname)
