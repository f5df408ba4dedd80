import { Button, Part, SelectField } from '../../web/components/index.ts'
import type { Reader } from '../../web/index.ts'
import { ACCOUNT } from './at-hand.ts'
import { LETTERS, type Letters } from './letters.ts'
import { lettersWords } from './letters.words.ts'

interface LettersPartProps {
  letters: Letters
  email: string
  error?: string | undefined
  reader: Reader
}

/** Of which ended operations somebody is told by e-mail. */
export const LettersPart = ({ email, error, letters, reader }: LettersPartProps) => {
  const words = lettersWords(reader.language)
  return (
    <Part id="letters" title={words.title} lead={words.lead(email)}>
      <form class="form" method="post" action={`${ACCOUNT}/letters`}>
        <SelectField
          id="letters-choice"
          name="letters"
          label={words.field}
          hint={words.hint}
          value={letters}
          error={error}
          options={LETTERS.map((value) => ({ value, label: words.choices[value] }))}
        />
        <div class="form-end">
          <Button>{words.save}</Button>
        </div>
      </form>
    </Part>
  )
}
