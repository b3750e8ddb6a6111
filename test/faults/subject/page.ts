import { openLine, type Line, type Setting } from './line';

/** What a page under test does for its test. */
export interface LinesPage {
  open(setting: Setting): number;
  line(number: number): Line;
}

declare global {
  interface Window {
    lines: LinesPage;
  }
}

const lines: Line[] = [];

window.lines = {
  open: (setting) => lines.push(openLine(setting, WebSocket, {})) - 1,
  line(number) {
    const line = lines[number];
    if (!line) throw new Error(`There is no line ${number}.`);
    return line;
  },
};
