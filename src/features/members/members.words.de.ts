import type { MembersWords } from './members.words.en.ts'

export const MEMBERS_DE: MembersWords = {
  title: 'Mitglieder',
  lead: (count, workspace) =>
    count === 1 ? `Eine Person arbeitet in ${workspace}.` : `${count} Personen arbeiten in ${workspace}.`,
  who: (roles) => `Das dürfen: ${roles}.`,
  you: 'Das eigene Konto',
  columns: {
    name: 'Name',
    role: 'Rolle',
    reach: 'Erreicht',
    twoFactor: 'Zwei-Faktor',
    since: 'Mitglied seit',
    seen: 'Zuletzt gesehen',
  },
  reaches: {
    all: 'Alle Mandanten',
    selected: (count) =>
      count === 0
        ? 'Noch keine Mandanten'
        : count === 1
          ? '1 ausgewählter Mandant'
          : `${count} ausgewählte Mandanten`,
    others: (count) => (count === 1 ? 'andere Rolle bei 1' : `andere Rolle bei ${count}`),
    unseen: 'Ausgewählte Mandanten',
  },
  twoFactor: { on: 'An', off: 'Aus' },
  neverSeen: 'Noch nicht gesehen',
  invite: 'Person einladen',
  invitations: {
    title: 'Einladungen',
    lead: 'Verschickt und noch nicht angenommen.',
    none: {
      title: 'Keine Einladung ist offen',
      text: 'Wer eingeladen wird, steht hier, bis die Einladung angenommen ist.',
    },
    columns: {
      email: 'E-Mail',
      role: 'Rolle',
      reach: 'Wird erreichen',
      by: 'Eingeladen von',
      until: 'Gültig bis',
      change: 'Ändern',
    },
    expired: (at) => `Abgelaufen am ${at}`,
    renew: 'Erneuern',
    revoke: 'Zurückziehen',
    beyond: 'Ändern kann das ein Besitzer, der alle Mandanten erreicht.',
    confirm: {
      title: (email) => `Die Einladung von ${email} zurückziehen?`,
      what: 'Der Link',
      effect: 'führt ab sofort nirgendwohin',
      button: 'Einladung zurückziehen',
    },
    made: {
      title: (email) => `Die Einladung von ${email} ist bereit`,
      mailed: 'Der Link ging per E-Mail hinaus. Auch hier wird er nur dieses eine Mal gezeigt.',
      notMailed:
        'Die E-Mail konnte nicht verschickt werden. Bitte den Link selbst weitergeben: Er wird nur dieses eine Mal gezeigt und gilt nur für diese Person.',
      byHand:
        'Diese Installation verschickt keine E-Mails. Bitte den Link selbst weitergeben: Er wird nur dieses eine Mal gezeigt und gilt nur für diese Person.',
      until: (at) => `Er funktioniert einmal und gilt bis ${at}.`,
    },
  },
  copy: 'Link kopieren',
  copied: 'Kopiert',
  inviteForm: {
    title: 'Person einladen',
    lead: 'Sie erhält einen Link, der einmal funktioniert und 7 Tage gilt.',
    email: 'E-Mail',
    emailHint: 'Annehmen kann nur, wer sich mit dieser Adresse anmeldet.',
    submit: 'Einladen',
    cancel: 'Abbrechen',
  },
  access: {
    title: 'Zugriff',
    role: 'Rolle',
    roleHint: 'Was die Person überall darf, wo nichts anderes gesagt ist.',
    reach: 'Erreicht',
    reachAll: 'Alle Mandanten, auch später hinzugefügte',
    reachSelected: 'Nur die unten ausgewählten Mandanten',
    tenants: 'Mandanten',
    tenantsLead: 'Eine Rolle bei einem Mandanten ersetzt dort die Rolle oben.',
    tenantsOf: (count) => (count === 1 ? '1 Mandant' : `${count} Mandanten`),
    noTenants: 'Es gibt noch keine Mandanten zur Auswahl.',
    nothing: 'Nicht ausgewählt',
    same: 'Ausgewählt, gleiche Rolle',
    save: 'Zugriff speichern',
    saved: 'Der Zugriff wurde geändert.',
  },
  wrong: 'Es wurde nichts geändert: einige Felder stimmen nicht',
  faults: {
    role_unknown: 'Bitte eine Rolle wählen.',
    reach_unknown: 'Bitte wählen, ob alle oder nur ausgewählte Mandanten erreicht werden.',
    tenant_unknown: 'Einer der Mandanten steht nicht zur Auswahl.',
    tenant_role_unknown: 'Bitte für jeden Mandanten eine der Rollen oder keine wählen.',
    email: 'Bitte eine E-Mail-Adresse wie ada@example.com angeben.',
    email_member: 'Wer diese Adresse hat, ist bereits Mitglied.',
    email_invited:
      'Diese Adresse ist bereits eingeladen. Bitte jene Einladung erneuern oder zuerst zurückziehen.',
    raises_above_yourself:
      'Niemand kann mehr vergeben, als die eigene Rolle erlaubt: Bitte eine niedrigere Rolle oder weniger Mandanten wählen.',
    last_owner:
      'Das ist der letzte Besitzer, der alle Mandanten erreicht. Bitte zuerst jemand anderen dazu machen.',
    oneself: 'Niemand ändert den eigenen Zugriff. Ein anderer Besitzer kann es tun.',
    beyond_yourself:
      'Diese Person erreicht mehr als das eigene Konto. Ändern kann das ein Besitzer, der alle Mandanten erreicht.',
    elsewhere:
      'Diese Person gehört auch zu einem anderen Arbeitsbereich; ein Link von hier würde ihr Konto auch dort öffnen. Sie kann auf der Anmeldeseite ein neues Passwort anfordern.',
  },
  facts: {
    role: 'Rolle',
    reach: 'Erreicht',
    since: 'Mitglied seit',
    twoFactor: 'Zwei-Faktor',
    seen: 'Zuletzt gesehen',
  },
  roleAt: (tenant, role) => `${tenant}: ${role}`,
  confirmChange: {
    title: (name) => `${name} Zugriff entziehen?`,
    before: 'Jetzt',
    after: 'Danach',
    consequence: 'Gilt',
    effect: 'ab der nächsten Anfrage',
    button: 'Zugriff ändern',
    makesOwner: {
      title: (name) => `${name} zum Besitzer machen?`,
      what: 'Besitzer',
      effect: 'entscheiden, wer hier ist und was jede Person darf, auch diese hier',
      button: 'Zum Besitzer machen',
    },
  },
  reset: {
    title: 'Anmeldung',
    lead: 'Für Personen, die sich nicht mehr anmelden können: ein Link, unter dem sie ein neues Passwort wählen.',
    button: 'Link für neues Passwort erstellen',
    buttonBoth: 'Link erstellen, der auch Zwei-Faktor ausschaltet',
    confirm: {
      title: (name) => `Einen Link für ein neues Passwort von ${name} erstellen?`,
      what: 'Wer den Link hat',
      effect: 'wählt ein neues Passwort für dieses Konto; alle Sitzungen des Kontos enden',
      secondFactor: 'Zwei-Faktor-Authentifizierung',
      secondFactorOff: 'wird damit ausgeschaltet',
      record: 'Festgehalten',
      recorded: 'wird, wer ihn erstellt hat',
      button: 'Link erstellen',
    },
    made: (name) => `Der Link für ${name} ist bereit`,
    once: (until) =>
      `Er wird nur dieses eine Mal gezeigt, funktioniert einmal und gilt bis ${until}. Bitte nur dieser Person geben.`,
  },
  remove: {
    title: 'Aus dem Arbeitsbereich entfernen',
    lead: 'Beendet den Zugriff auf alle Mandanten hier sofort.',
    button: 'Entfernen',
    confirm: {
      title: (name, workspace) => `${name} aus ${workspace} entfernen?`,
      sessions: 'Sitzungen der Person hier',
      sessionsEnd: 'enden sofort',
      keys: 'API-Schlüssel der Person hier',
      keysEnd: 'werden abgeschaltet',
      work: 'Eingereihte Vorgänge der Person',
      workEnds: 'werden neu beurteilt und beginnen nicht',
      invitations: 'Einladungen der Person',
      invitationsEnd: 'werden zurückgezogen',
      button: 'Mitglied entfernen',
    },
  },
}
