export const WORDS = {
  'Verify your address': 'Verifique seu endereço',
  'One press confirms that this address is yours.': 'Com um clique, você confirma que este endereço é seu.',
  'Verify my address': 'Verificar meu endereço',
  'Confirm your new address': 'Confirme seu novo endereço',
  'One press, and this is the email address of your account.':
    'Com um clique, este passa a ser o endereço de e\u2011mail da sua conta.',
  'Confirm my new address': 'Confirmar meu novo endereço',
  'Undo the change': 'Desfazer a alteração',
  'One press restores your previous address or number and ends every session of your account.':
    'Com um clique, você restabelece seu endereço ou número anterior e encerra todas as sessões da sua conta.',
  'Choose a password': 'Escolha uma senha',
  'An account was made for you. With a password it is yours.':
    'Uma conta foi criada para você. Com uma senha, ela é sua.',
  Password: 'Senha',
  'Take over my account': 'Ativar minha conta',
  'Choose a new password': 'Escolha uma nova senha',
  'It takes the place of the old one, and every device is signed out.':
    'Ela substitui a anterior, e todos os dispositivos são desconectados.',
  'New password': 'Nova senha',
  'Set the new password': 'Salvar a nova senha',
  Unsubscribe: 'Cancelar a inscrição',
  'One press, and you get no more messages of this kind. Those about the security of your account still come.':
    'Com um clique, você deixa de receber mensagens deste tipo. As que tratam da segurança da sua conta continuam chegando.',
  'One moment …': 'Um momento…',
  'That did not work. Check your connection and try again.':
    'Não deu certo. Verifique sua conexão e tente de novo.',
  'This link is not complete. Open it again from the message.':
    'Este link está incompleto. Abra-o de novo a partir da mensagem.',
  'This link has expired, or a newer one was sent. Ask for a new link where you signed up.':
    'Este link expirou ou um mais recente foi enviado. Peça um novo onde você se cadastrou.',
  'This link was used before: your address is verified. You can sign in.':
    'Este link já foi usado: seu endereço está verificado. Você pode entrar.',
  'Your address is verified and you can sign in. The username you wanted is taken: choose another one.':
    'Seu endereço está verificado e você pode entrar. O nome de usuário desejado já está em uso: escolha outro.',
  'Your address is verified. You can sign in now.': 'Seu endereço está verificado. Você já pode entrar.',
  'This link does not work. Ask for a new link where you signed up.':
    'Este link não funciona. Peça um novo onde você se cadastrou.',
  'This link has expired, or a newer change took its place. Ask for the change again.':
    'Este link expirou ou foi substituído por uma alteração mais recente. Peça a alteração de novo.',
  'This link was used before: the change is made.': 'Este link já foi usado: a alteração está feita.',
  'This address belongs to another account by now. Nothing was changed.':
    'Este endereço agora pertence a outra conta. Nada foi alterado.',
  'This is the email address of your account now. Your old address gets a notice.':
    'Este é agora o endereço de e\u2011mail da sua conta. Seu endereço anterior receberá um aviso.',
  'This link does not work. Ask for the change again.': 'Este link não funciona. Peça a alteração de novo.',
  'This link has expired. Ask whoever runs this service for help.':
    'Este link expirou. Fale com os responsáveis por este serviço.',
  'This link was used before: the change is undone.': 'Este link já foi usado: a alteração foi desfeita.',
  'Your previous address or number is restored, and every session of your account has ended. Sign in and change your password.':
    'Seu endereço ou número anterior foi restabelecido e todas as sessões da sua conta foram encerradas. Entre e altere sua senha.',
  'This link does not work. Ask whoever runs this service for help.':
    'Este link não funciona. Fale com os responsáveis por este serviço.',
  'This link has expired, or a newer one was sent. Ask whoever invited you for a new one.':
    'Este link expirou ou um mais recente foi enviado. Peça um novo a quem convidou você.',
  'This link was used before: the account is taken over. Sign in, or reset the password.':
    'Este link já foi usado: a conta está ativada. Entre ou redefina a senha.',
  'This service has terms to agree to, which this page does not show. Ask whoever invited you.':
    'Este serviço exige a aceitação de termos que esta página não mostra. Fale com quem convidou você.',
  'The account is yours. You can sign in now.': 'A conta é sua. Você já pode entrar.',
  'This link does not work. Ask whoever invited you for a new one.':
    'Este link não funciona. Peça um novo a quem convidou você.',
  'This link has expired, or a newer one was sent. Ask for a new link where you sign in.':
    'Este link expirou ou um mais recente foi enviado. Peça um novo na página de acesso.',
  'This link was used before: the password was set with it. Sign in, or ask for a new link.':
    'Este link já foi usado: a senha foi salva. Entre ou peça um novo link.',
  'Your new password is set, and every device is signed out. You can sign in now.':
    'Sua nova senha foi salva e todos os dispositivos foram desconectados. Você já pode entrar.',
  'This link does not work. Ask for a new link where you sign in.':
    'Este link não funciona. Peça um novo na página de acesso.',
  'You get no more messages of this kind. In your account you can have them again.':
    'Você não receberá mais mensagens deste tipo. Na sua conta, é possível reativá-las.',
  'This link does not work. You can say in your account what you want to be told.':
    'Este link não funciona. Na sua conta, você pode escolher quais mensagens receber.',
  'This password is too short. Take a longer one.': 'Esta senha é curta demais. Escolha uma mais longa.',
  'This password is too long. Take a shorter one.': 'Esta senha é longa demais. Escolha uma mais curta.',
  'This password is one of the most used. Take another one.':
    'Esta senha é uma das mais usadas. Escolha outra.',
  'This password is known from a breach. Take another one.':
    'Esta senha consta de um vazamento de dados. Escolha outra.',
  'This password contains your name or address. Take another one.':
    'Esta senha contém seu nome ou endereço. Escolha outra.',
  'This password is a repetition or a sequence. Take another one.':
    'Esta senha é uma repetição ou uma sequência. Escolha outra.',
  'You had this password before. Take another one.': 'Você já teve esta senha. Escolha outra.',
}
