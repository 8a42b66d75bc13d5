/** What uname(2) and /proc tell of this kernel. The release is that of the Linux whose interfaces it follows. */
export const OS_TYPE = 'Linux';
export const OS_RELEASE = '6.1.0-tsrun';
export const OS_VERSION = '#1 tsrun emulation';
export const MACHINE = 'wasm32';
/** USER_HZ: the unit of times in /proc. */
export const TICKS_PER_SECOND = 100;
