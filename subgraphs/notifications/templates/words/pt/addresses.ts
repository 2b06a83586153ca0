import type { Language } from '../language.js'

export const ADDRESSES_PT = {
  'email-change': {
    subject: 'Confirme seu novo e-mail',
    body: `
      # Confirme seu novo e-mail

      Confirme que este deve ser o endereço de e-mail da sua conta em {product}. Até lá, o anterior continua valendo.

      [Confirmar novo endereço]({link})

      > O link vale por 24 horas. Se você não o solicitou, ignore esta mensagem: nada acontecerá.`,
  },
  'email-changed': {
    subject: 'Seu e-mail foi alterado',
    body: `
      # Seu e-mail foi alterado

      Sua conta em {product} agora tem outro endereço de e-mail. As mensagens não serão mais enviadas para este.

      Se foi você, não é preciso fazer nada.

      [Não fui eu: desfazer a alteração]({link})

      > O link vale por 7 dias. Ele restabelece este endereço e encerra todas as sessões da sua conta. Depois, altere sua senha.`,
  },
  'phone-changed': {
    subject: 'Seu número de telefone foi alterado',
    body: `
      # Seu número de telefone foi alterado

      Sua conta em {product} agora tem outro número de telefone.

      Se foi você, não é preciso fazer nada.

      [Não fui eu: desfazer a alteração]({link})

      > O link vale por 7 dias. Ele restabelece o número anterior e encerra todas as sessões da sua conta. Depois, altere sua senha.`,
  },
  'address-wanted': {
    subject: 'Alguém quer usar seu e-mail',
    body: `
      # Alguém quer usar seu e-mail

      Alguém tentou usar seu endereço de e-mail em outra conta em {product}. Como ele já pertence à sua, nada foi alterado.

      Se você tem duas contas, coloque primeiro outro endereço nesta.

      > Se não foi você, não é preciso fazer nada.`,
  },
  'number-wanted': {
    subject: 'Alguém quer usar seu número de telefone',
    body: `
      # Alguém quer usar seu número de telefone

      Alguém tentou usar seu número de telefone em outra conta em {product}. Como ele já pertence à sua, nada foi alterado.

      Se você tem duas contas, coloque primeiro outro número nesta.

      > Se não foi você, não é preciso fazer nada.`,
  },
  'profile-changed': {
    subject: 'Seu perfil foi alterado',
    body: `
      # Seu perfil foi alterado

      Os dados da sua conta em {product} foram alterados.

      | Data | {time}

      Se foi você, não é preciso fazer nada.

      > Se não foi você, altere sua senha agora e encerre todas as outras sessões da sua conta. Você recebe este aviso porque o pediu; é possível mudar isso na sua conta.`,
  },
} satisfies Partial<Language['mails']>
