/** What `resolveChromium` found, as playwright's `launch` takes it. */
export interface Chromium {
  executablePath?: string;
  channel?: 'chrome' | 'msedge';
  args: string[];
  env: Record<string, string>;
}

export function resolveChromium(): Chromium;
