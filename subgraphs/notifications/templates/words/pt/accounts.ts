import type { Language } from '../language.js'

export const ACCOUNTS_PT = {
  welcome: {
    subject: 'Boas-vindas! Confirme seu e-mail',
    body: `
      # Falta só um passo

      Agradecemos seu cadastro em {product}. Confirme seu endereço de e-mail para começar a usar sua conta.

      [Confirmar e-mail]({link})

      > O link vale por 24 horas. Se você não se cadastrou, ignore esta mensagem: nada acontecerá.`,
  },
  invitation: {
    subject: 'Convite: escolha uma senha para sua conta',
    body: `
      # Sua conta está à sua espera

      Uma conta em {product} foi criada para este endereço de e-mail. Escolha uma senha e ela será sua.

      [Escolher uma senha]({link})

      > O link vale por 7 dias e apenas uma vez. Se você não quiser a conta, ignore esta mensagem: ninguém pode usá-la sem este link.`,
  },
  'email-verification': {
    subject: 'Confirme seu e-mail',
    body: `
      # Confirme seu e-mail

      Aqui está um novo link para confirmar seu endereço de e-mail em {product}. Os links anteriores não funcionam mais.

      [Confirmar e-mail]({link})

      > O link vale por 24 horas. Se você não o solicitou, ignore esta mensagem: nada acontecerá.`,
  },
  'account-exists': {
    subject: 'Você já tem uma conta',
    body: `
      # Você já tem uma conta

      Alguém tentou se cadastrar em {product} com seu endereço de e-mail. Ele já pertence à sua conta.

      Se foi você, entre como de costume. Se não lembra sua senha, redefina-a na página de acesso.

      > Se não foi você, não é preciso fazer nada: nenhuma conta foi criada e a sua não foi alterada.`,
  },
  'number-registered': {
    subject: 'Você já tem uma conta',
    body: `
      # Você já tem uma conta

      Alguém tentou se cadastrar em {product} com seu número de telefone. Ele já pertence à sua conta.

      Se foi você, entre como de costume. Se não lembra sua senha, redefina-a na página de acesso.

      > Se não foi você, não é preciso fazer nada: nenhuma conta foi criada e a sua não foi alterada.`,
  },
  'account-deletion': {
    subject: 'Sua conta será excluída',
    body: `
      # Sua conta será excluída

      Você pediu a exclusão da sua conta em {product}. Ela desaparecerá com tudo o que contém:

      | Data | {time}

      Até lá, você pode entrar e cancelar a exclusão.

      > Se não foi você, entre agora, cancele a exclusão e altere sua senha.`,
  },
  'account-kept': {
    subject: 'Sua conta foi mantida',
    body: `
      # Sua conta foi mantida

      A exclusão da sua conta em {product} foi cancelada. Tudo continua como estava.

      > Se não foi você, altere sua senha agora e encerre todas as outras sessões da sua conta.`,
  },
  'account-deleted': {
    subject: 'Sua conta foi excluída',
    body: `
      # Sua conta foi excluída

      Sua conta em {product} foi excluída, com tudo o que sabíamos sobre você. Não é possível recuperá-la.

      > Se não era isso que você queria, escreva aos responsáveis por {product}.`,
    footer:
      'Esta é a última mensagem de {product} para este endereço. Ela foi enviada automaticamente; as respostas não são lidas.',
  },
} satisfies Partial<Language['mails']>
