/** What happened when the server could not start, and what to do about it. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, port } = error as NodeJS.ErrnoException & { port?: number }; // what Node adds to errors of the system
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} is taken: is the example server running already? Stop it, or choose another port, for instance PORT=${(port ?? 4300) + 100}.`;
    case 'EACCES':
      return `Port ${port} needs more rights than this process has. Choose one above 1023, for instance PORT=4300.`;
    default:
      return error.message;
  }
}
