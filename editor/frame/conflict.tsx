// The file changed on disk while it was being edited: nothing is overwritten, both texts are shown.

import { Button, Modal } from 'antd'
import { Difference } from '../monaco/difference.tsx'
import { useStudio } from '../state/studio.ts'
import { words } from '../words.ts'

export function Conflict() {
  const conflict = useStudio((state) => state.conflict)
  const mine = useStudio((state) => state.open?.text)
  const language = useStudio((state) => state.language)
  const { resolveConflict } = useStudio.getState()
  const w = words[language]
  if (!conflict || mine === undefined) return null
  return (
    <Modal
      open
      width="min(1200px, 94vw)"
      title={w.conflictTitle}
      onCancel={() => void resolveConflict('later')}
      footer={[
        <Button key="later" onClick={() => void resolveConflict('later')}>
          {w.keepEditing}
        </Button>,
        <Button key="disk" onClick={() => void resolveConflict('disk')}>
          {w.takeDisk}
        </Button>,
        <Button key="mine" type="primary" danger onClick={() => void resolveConflict('mine')}>
          {w.takeMine}
        </Button>,
      ]}
    >
      <p>{w.conflictText}</p>
      <Difference left={conflict.text} right={mine} />
    </Modal>
  )
}
