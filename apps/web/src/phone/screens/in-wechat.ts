/** WeChat's own browser: no downloads, no other apps, pictures by a long press. */
export const inWeChat = /MicroMessenger/i.test(navigator.userAgent)
