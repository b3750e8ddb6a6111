export { APPEARANCES, getAppearance, onAppearanceChange, setAppearance, type Appearance } from './appearance';
export { chatEntriesOf, formatClock, formatDay, typingText, type ChatEntry, type ChatLine } from './chat/chatLines';
export { unreadInAll, type ChatState } from './chat/chatState';
export { ChatStore } from './chat/chatStore';
export { isSendKey, MAX_TYPED } from './chat/composing';
export { Outbox } from './chat/outbox';
export { getRememberedName, rememberName } from './chat/rememberedName';
export { EMPTY_ROOM, typistsOf, unreadOf, type Earlier, type Gap, type RoomState } from './chat/roomState';
export { showUnreadInTitle } from './chat/unreadTitle';
export { createChart, type Chart, type ChartOptions } from './chart';
export { cssColor } from './cssColor';
export { CLOSE_CODES, describeVerdict } from './echo/closeCodes';
export { compose, COMPOSE_FORMATS, prettify, SAMPLES, type ComposeFormat } from './echo/compose';
export { createEchoLine, factsOf, type EchoLine, type EchoSettings } from './echo/echoLine';
export { clockTime, EchoLog, LOG_KINDS, type LogEntry, type LogKind } from './echo/echoLog';
export { hexDump } from './echo/hexDump';
export { Latencies } from './echo/latencies';
export { contentOf, copyOf, filterLog, sizeOf, type CopyFormat, type LogFilter } from './echo/logView';
export { followEnd, type EndFollower } from './followEnd';
export {
  detailOf,
  formatAge,
  formatBytes,
  formatChange,
  formatCompact,
  formatCount,
  formatKilobytes,
  formatMilliseconds,
  formatPrice,
  formatShare,
  formatSize,
  formatTime,
} from './format';
export { isDockOpen, rememberDock } from './line/dockState';
export { ledgerRowsOf, ledgerSummaryOf } from './line/ledgerRows';
export { FAULT_TEXTS, hurtLine, LINE_FAULTS, type LineFault } from './line/lineFaults';
export { lastEventsOf, timelineOf } from './line/timeline';
export { EchoTracker } from './line/trackEcho';
export { trackPulse } from './line/trackPulse';
export { keepProbing, trackStream } from './line/trackStream';
export { LineWatch, QUEUE_BOUND, type WatchedLine } from './line/watchedLine';
export { onlyType } from './onlyType';
