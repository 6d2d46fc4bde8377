// What the studio's server says on a terminal.

const zh = {
  building: '正在构建工作台……',
  isFile: (path: string) => `${path} 是文件，请给它所在的文件夹`,
  noFolder: (path: string) => `没有文件夹 ${path}`,
  noPort: '端口是 0 到 65535 的整数，0 为任取',
  stateInside: '草稿和申请人不能放在政策的文件夹里，而存放它们的地方就在里面；用环境变量 HENG_STATE 另指一个文件夹',
  noState: (path: string, reason: string) => `存放草稿和申请人的文件夹 ${path} 用不了（${reason}）；用环境变量 HENG_STATE 另指一个`,
  taken: '已被占用',
  portTaken: (port: number, reason: string) => `端口 ${port} 用不了（${reason}），用 --port 换一个，0 为任取`,
  address: (address: string) => `工作台：${address}\n按 Ctrl+C 结束`,
  already: (address: string) => `这个文件夹的工作台已经开着：${address}`,
}

const en: typeof zh = {
  building: 'building the studio …',
  isFile: (path) => `${path} is a file; name its folder`,
  noFolder: (path) => `there is no folder ${path}`,
  noPort: 'a port is a whole number from 0 to 65535; 0 takes any',
  stateInside: 'drafts and people must not lie among the policies, and where they are kept is inside; name another folder with the variable HENG_STATE',
  noState: (path, reason) => `the folder ${path} for drafts and people cannot be used (${reason}); name another with the variable HENG_STATE`,
  taken: 'it is taken',
  portTaken: (port, reason) => `port ${port} cannot be used (${reason}); name another with --port, 0 for any`,
  address: (address) => `studio: ${address}\npress Ctrl+C to stop`,
  already: (address) => `the studio of this folder is open already: ${address}`,
}

export const words = { zh, en }
