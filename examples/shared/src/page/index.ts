export { getAppearance, nextAppearance, setAppearance, type Appearance } from './appearance';
export { createChart, type Chart, type ChartOptions } from './chart';
export { CLOSE_CODES, compose, COMPOSE_FORMATS, SAMPLES, type ComposeFormat } from './echoChoices';
export { clockTime, EchoLog, LOG_KINDS, type LogEntry, type LogKind } from './echoLog';
export {
  detailOf,
  formatBytes,
  formatChange,
  formatCompact,
  formatCount,
  formatMilliseconds,
  formatPrice,
  formatShare,
} from './format';
export { FAULT_TEXTS, hurtLine } from './hurtLine';
export { onlyType } from './onlyType';
export { trackLine, type LineTracker } from './trackLine';
