import type { Language } from '../language.js'

/** GSM 03.38 has no ã, ç or ó, without which Portuguese is misspelt, so these are short instead. */
export const TEXTS_PT: Language['texts'] = {
  otp: '{code} é seu código de {product}. Vale 5 minutos. Não o compartilhe.',
  'login-alert':
    'Acesso à sua conta de {product} por dispositivo novo ou após falhas. Não foi você? Altere já sua senha.',
  'session-revoked':
    'Uma sessão da sua conta de {product} foi usada em dois lugares e a encerramos. Algo estranho? Altere já sua senha.',
  'sessions-ended': 'Nossa equipe encerrou sessões da sua conta de {product}. Entre de novo para continuar.',
  'mfa-changed': 'O segundo fator da sua conta de {product} foi alterado. Não foi você? Altere já sua senha.',
  'password-changed':
    'A senha da sua conta de {product} foi alterada. Não foi você? Redefina-a já na página de acesso.',
  'account-deletion':
    'Sua conta de {product} será excluída a seu pedido. Para cancelar, entre nela. Não foi você? Altere também sua senha.',
  'account-kept': 'A exclusão da sua conta de {product} foi cancelada. Tudo continua como estava.',
  'account-deleted':
    'Sua conta de {product} foi excluída, com tudo o que sabíamos sobre você. É nossa última mensagem.',
  invitation: 'Sua conta de {product} está à sua espera. Escolha uma senha em até 7 dias: {link}',
  'number-registered':
    'Alguém tentou se cadastrar em {product} com este número, que já é da sua conta. Se foi você, entre como de costume.',
  'number-wanted':
    'Alguém quis usar este número em outra conta de {product}. Ele pertence à sua: nada foi alterado.',
  'email-changed': 'Sua conta de {product} tem um novo e-mail. Não foi você? Desfaça: {link}',
  'phone-changed': 'Sua conta de {product} tem outro telefone. Não foi você? Desfaça: {link}',
  'profile-changed': 'O perfil da sua conta de {product} foi alterado. Não foi você? Altere já sua senha.',
  'login-alerts-off':
    'Os alertas de acesso da sua conta de {product} foram desativados. Não foi você? Altere sua senha e reative-os.',
  custom: '{product}: {text}',
  'product-news': '{product}: {text}',
}
