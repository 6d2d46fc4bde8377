export async function startStudio(_options: { folder: string; port: number; open: boolean; language: 'zh' | 'en' }): Promise<void> {}
