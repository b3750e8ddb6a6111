export { APPEARANCES, getAppearance, setAppearance, type Appearance } from './appearance';
export { chatEntriesOf, formatClock, formatDay, typingText, type ChatEntry, type ChatLine } from './chat/chatLines';
export { ChatStore, unreadInAll, type ChatState } from './chat/chatStore';
export { isSendKey, MAX_TYPED } from './chat/composing';
export { followEnd, type EndFollower } from './chat/followEnd';
export { Outbox } from './chat/outbox';
export { getRememberedName, rememberName } from './chat/rememberedName';
export { EMPTY_ROOM, typistsOf, unreadOf, type Earlier, type RoomState } from './chat/roomState';
export { showUnreadInTitle } from './chat/unreadTitle';
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
